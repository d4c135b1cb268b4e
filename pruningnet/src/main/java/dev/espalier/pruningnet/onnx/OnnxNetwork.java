package dev.espalier.pruningnet.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * An ONNX file of an image classifier, ready to run in ONNX Runtime on the CPU. May be shared by
 * threads; owns native memory until closed.
 */
public final class OnnxNetwork implements AutoCloseable {

  private final String name;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final String input;
  private final Shape image;

  /** Images of every call, where the file fixes that; else 0. */
  private final int fixed;

  private final Map<String, String> metadata;

  private OnnxNetwork(
      String name,
      OrtEnvironment environment,
      OrtSession session,
      String input,
      long[] axes,
      Map<String, String> metadata) {
    this.name = name;
    this.environment = environment;
    this.session = session;
    this.input = input;
    this.image =
        new Shape(Math.toIntExact(axes[1]), Math.toIntExact(axes[2]), Math.toIntExact(axes[3]));
    this.fixed = axes[0] > 0 ? Math.toIntExact(axes[0]) : 0;
    this.metadata = metadata;
  }

  /**
   * Loads a file.
   *
   * @param threads that share one operation
   * @throws BadInputException if it is missing, no ONNX file, or no classifier of one image size;
   *     the message names it
   */
  public static OnnxNetwork open(Path file, int threads) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("%s: there is no such file".formatted(file));
    }
    return load(
        file.toString(),
        threads,
        (environment, options) -> environment.createSession(file.toString(), options));
  }

  /**
   * A network with weights that mean nothing, to see how fast it is.
   *
   * @param threads that share one operation
   */
  public static OnnxNetwork untrained(Network network, int threads) {
    byte[] model = OnnxModel.untrained(network);
    return load(
        network.name(),
        threads,
        (environment, options) -> environment.createSession(model, options));
  }

  /** The one of this process; whoever asks first says how much it tells. */
  static OrtEnvironment environment() {
    return OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "espalier");
  }

  private interface Source {
    OrtSession session(OrtEnvironment environment, OrtSession.SessionOptions options)
        throws OrtException;
  }

  private static OnnxNetwork load(String name, int threads, Source source) {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      OrtSession session = source.session(environment, options);
      try {
        Map.Entry<String, NodeInfo> only = only(name, "input", session.getInputInfo());
        requireScores(name, only(name, "output", session.getOutputInfo()));
        return new OnnxNetwork(
            name,
            environment,
            session,
            only.getKey(),
            axes(name, only),
            session.getMetadata().getCustomMetadata());
      } catch (OrtException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new BadInputException(
          "%s: ONNX Runtime cannot load it: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static Map.Entry<String, NodeInfo> only(
      String file, String what, Map<String, NodeInfo> found) {
    if (found.size() != 1) {
      throw new BadInputException(
          "%s: it has %d %ss %s, expected one".formatted(file, found.size(), what, found.keySet()));
    }
    return found.entrySet().iterator().next();
  }

  private static long[] axes(String file, Map.Entry<String, NodeInfo> input) {
    if (input.getValue().getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.FLOAT) {
      long[] axes = tensor.getShape();
      if (axes.length == 4 && Arrays.stream(axes).skip(1).allMatch(axis -> axis > 0)) {
        return axes;
      }
    }
    throw new BadInputException(
        "%s: input '%s' is %s, expected float32 of batch x channels x height x width, with numbers for all but the batch"
            .formatted(file, input.getKey(), input.getValue().getInfo()));
  }

  private static void requireScores(String file, Map.Entry<String, NodeInfo> output) {
    if (!(output.getValue().getInfo() instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.FLOAT)) {
      throw new BadInputException(
          "%s: output '%s' is %s, expected float32 of batch x classes"
              .formatted(file, output.getKey(), output.getValue().getInfo()));
    }
  }

  /** Shape of one image. */
  public Shape image() {
    return image;
  }

  /** What the file says of itself, by name. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The scores of some images. A file that fixes how many images it reads is given so many at a
   * time.
   *
   * @param pixels count x channels x height x width
   * @return count x classes
   */
  public float[] scores(float[] pixels, int count) {
    if (fixed == 0 || fixed == count) {
      return run(pixels, count);
    }
    int elements = Math.toIntExact(image.elements());
    float[] scores = new float[0];
    for (int done = 0; done < count; done += fixed) {
      int first = done * elements;
      float[] part = run(Arrays.copyOfRange(pixels, first, first + fixed * elements), fixed);
      int classes = part.length / fixed;
      scores = Arrays.copyOf(scores, count * classes);
      System.arraycopy(part, 0, scores, done * classes, Math.min(fixed, count - done) * classes);
    }
    return scores;
  }

  private float[] run(float[] pixels, int count) {
    long[] shape = {count, image.channels(), image.height(), image.width()};
    try (OnnxTensor batch = OnnxTensor.createTensor(environment, FloatBuffer.wrap(pixels), shape);
        OrtSession.Result result = session.run(Map.of(input, batch))) {
      FloatBuffer scores = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] values = new float[scores.remaining()];
      scores.get(values);
      return values;
    } catch (OrtException e) {
      throw new BadInputException(
          "%s: ONNX Runtime cannot run it: %s".formatted(name, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot close: " + e.getMessage(), e);
    }
  }
}
