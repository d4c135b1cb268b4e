package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.onnx.Agreement;
import dev.espalier.pruningnet.onnx.Classifier;
import dev.espalier.pruningnet.onnx.OnnxNetwork;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads an image classifier from an ONNX file: convolutions (plain, grouped, depthwise), batch norm
 * or none, relu, relu6, sigmoid, hard sigmoid, hard swish, sums, products, concatenations, pooling,
 * flattening and linear layers. A softmax at the end is left out.
 */
public final class OnnxImport {

  private static final Logger LOG = LoggerFactory.getLogger(OnnxImport.class);
  private static final int IMAGES = 4;

  private OnnxImport() {}

  /**
   * Reads a file.
   *
   * @param name of the network
   * @throws BadInputException if the file is none of an image classifier that can be read, naming
   *     the operator and its node, or if its scores are not those of ONNX Runtime within {@link
   *     Agreement#TOLERANCE}
   */
  public static Imported read(Path file, String name) {
    try {
      return imported(file, name);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new BadInputException(
          "%s: it holds numbers that no network has: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Imported imported(Path file, String name) {
    ModelProto model = parsed(file);
    GraphReader.Read read = new GraphReader(model.getGraph(), new Tensors(file)).read(name);
    TrainedNetwork network = trained(file, model, read);
    try {
      double difference = difference(file, network, read.softmax());
      if (!(difference <= Agreement.TOLERANCE)) {
        throw new BadInputException(
            "%s: as it was read, its scores differ by %s from those of ONNX Runtime, expected at most %s"
                .formatted(file, difference, Agreement.TOLERANCE));
      }
      return new Imported(network, read.notes(), difference);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  private static ModelProto parsed(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("%s: there is no such file".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      ModelProto model = ModelProto.parseFrom(in);
      if (model.getGraph().getNodeCount() == 0) {
        throw new BadInputException("%s: it is no ONNX file, it has no graph".formatted(file));
      }
      return model;
    } catch (InvalidProtocolBufferException e) {
      throw new BadInputException(
          "%s: it is no whole ONNX file: %s".formatted(file, e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static TrainedNetwork trained(Path file, ModelProto model, GraphReader.Read read) {
    SortedMap<String, String> provenance = new TreeMap<>();
    provenance.put("file", "" + file.getFileName());
    provenance.put("producer", model.getProducerName());
    NetworkParameters weights = read.weights().parameters(read.network());
    try {
      return new TrainedNetwork(
          weights, read.weights().statistics(), images(file, model, read.network()), provenance);
    } catch (RuntimeException e) {
      weights.close();
      throw e;
    }
  }

  /** What the file says of its numbers, or else classes by number and pixels of 0..1. */
  private static ImageConvention images(Path file, ModelProto model, Network network) {
    Map<String, String> metadata =
        model.getMetadataPropsList().stream()
            .collect(
                Collectors.toMap(
                    StringStringEntryProto::getKey,
                    StringStringEntryProto::getValue,
                    (first, second) -> second));
    int channels = network.input().channels();
    try {
      ImageConvention told = ImageConvention.of(metadata, file.toString());
      if (told.classes().size() == network.classes() && told.mean().size() == channels) {
        return told;
      }
    } catch (BadInputException e) {
      LOG.debug("metadata of another kind", e);
    }
    return ImageConvention.unknown(network.classes(), channels);
  }

  private static double difference(Path file, TrainedNetwork network, boolean softmax) {
    RandomGenerator random = new RandomStreams(1).stream("import", 0);
    float[] pixels = new float[Math.toIntExact(IMAGES * network.network().input().elements())];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    float[] own = network.scores(pixels, IMAGES);
    if (softmax) {
      int classes = network.network().classes();
      for (int image = 0; image < IMAGES; image++) {
        double[] shares = Classifier.softmax(own, image * classes, classes);
        for (int k = 0; k < classes; k++) {
          own[image * classes + k] = (float) shares[k];
        }
      }
    }
    try (OnnxNetwork original = OnnxNetwork.open(file, 1)) {
      return Agreement.difference(own, original.scores(pixels, IMAGES));
    }
  }
}
