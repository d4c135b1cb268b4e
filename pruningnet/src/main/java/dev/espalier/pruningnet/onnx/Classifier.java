package dev.espalier.pruningnet.onnx;

import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.pruningnet.dataset.picture.Resampler;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.tensor.PixelScaling;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An ONNX file that names what is in pictures, as its metadata say. May be shared by threads; owns
 * native memory until closed.
 *
 * @param network runs it
 * @param images what goes in and comes out
 */
public record Classifier(OnnxNetwork network, ImageConvention images) implements AutoCloseable {

  /**
   * An answer.
   *
   * @param name of a class
   * @param probability by the softmax of the scores
   */
  public record Guess(String name, double probability) {}

  /**
   * Loads a file.
   *
   * @throws BadInputException if it is no classifier of square images that says how it reads them;
   *     the message names it
   */
  public static Classifier open(Path file, int threads) {
    OnnxNetwork network = OnnxNetwork.open(file, threads);
    try {
      ImageConvention images = ImageConvention.of(network.metadata(), file.toString());
      Shape image = network.image();
      if (image.height() != image.width() || images.mean().size() != image.channels()) {
        throw new BadInputException(
            "%s: it reads images of %s and has %d means, expected square images and a mean for each channel"
                .formatted(file, image, images.mean().size()));
      }
      return new Classifier(network, images);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** All classes for a picture of any size and colour, the likeliest first. */
  public List<Guess> classify(Picture picture) {
    Shape image = network.image();
    Picture coloured = image.channels() == 1 ? picture.toGrey() : picture.toColour();
    Picture fitting = Resampler.square(coloured, image.height());
    float[] scores =
        network.scores(
            PixelScaling.of(images.mean(), images.std()).values(fitting.planes(), 1, image), 1);
    double[] probabilities = softmax(scores, 0, scores.length);
    return IntStream.range(0, scores.length)
        .mapToObj(k -> new Guess(name(k), probabilities[k]))
        .sorted(Comparator.comparingDouble(Guess::probability).reversed())
        .toList();
  }

  private String name(int label) {
    return label < images.classes().size() ? images.classes().get(label) : "class " + label;
  }

  /** The softmax of some of several scores. */
  public static double[] softmax(float[] scores, int from, int count) {
    double[] shares = new double[count];
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, scores[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < count; i++) {
      shares[i] = Math.exp(scores[from + i] - largest);
      sum += shares[i];
    }
    for (int i = 0; i < count; i++) {
      shares[i] /= sum;
    }
    return shares;
  }

  @Override
  public void close() {
    network.close();
  }
}
