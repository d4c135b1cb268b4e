package dev.espalier.pruningnet.scoring.finetuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.optimizer.Distillation;
import dev.espalier.pruningnet.training.step.Objective;
import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network that has learned teaches another one, by what it answers about the very images of each
 * step. Its batch norm uses the statistics that it was measured with, and its images are scaled as
 * it has learned them, which need not be how the other one does. Used by one thread; owns native
 * memory until closed.
 */
public final class Teacher implements Teaching, AutoCloseable {

  private final TrainedNetwork network;
  private final Weights weights;
  private final Forward forward;
  private final Distillation distillation;
  private final String digest;
  private final NDManager memory = Torch.scope();
  private final Normalization normalization;
  private final Rescaling rescaling;

  private Teacher(
      TrainedNetwork network, ImageConvention pupil, Distillation distillation, String digest) {
    this.network = network;
    this.weights = network.weights();
    this.forward = Forward.of(network.network());
    this.distillation = distillation;
    this.digest = digest;
    this.normalization = Normalization.given(network.statistics(), memory);
    this.rescaling = Rescaling.of(pupil, network.images(), memory);
  }

  /**
   * The network of a file as a teacher.
   *
   * @param data the images that it is asked about, scaled as those of a data set
   * @throws BadInputException if it is damaged, or reads other images or knows other classes
   */
  public static Teacher open(Path file, DatasetInfo data, Distillation distillation) {
    ImageConvention pupil = ImageConvention.of(data);
    String digest = Sha256.of("%s %s %s".formatted(contentDigest(file), pupil, distillation));
    TrainedNetwork network = NetworkFile.read(file);
    try {
      requireFit(network.network(), network.images(), data);
      return new Teacher(network, pupil, distillation, digest);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** SHA-256 of a network's file. */
  public static String contentDigest(Path file) {
    try {
      return Sha256.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Refuses a network that reads other images than those of a data set, or knows other classes.
   *
   * @param images what goes into it and comes out
   * @throws BadInputException naming what was found
   */
  public static void requireFit(Network network, ImageConvention images, DatasetInfo data) {
    data.requireFit(network);
    if (images.namesClasses() && !images.classes().equals(data.classes())) {
      throw new BadInputException(
          "network %s knows the classes %s, but those of data set '%s' are %s. Maybe they are in another order?"
              .formatted(network.name(), images.classes(), data.name(), data.classes()));
    }
  }

  @Override
  public Objective about(NDArray images) {
    NDArray taught = forward.run(rescaling.of(images), weights, normalization);
    return (scores, targets) -> distillation.loss(scores, targets, taught);
  }

  @Override
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    memory.close();
    network.close();
  }

  /**
   * From the numbers that one network reads to those that another one does, per channel: x factor +
   * shift.
   */
  private record Rescaling(boolean none, NDArray factor, NDArray shift) {

    static Rescaling of(ImageConvention from, ImageConvention to, NDManager memory) {
      int channels = to.mean().size();
      float[] factor = new float[channels];
      float[] shift = new float[channels];
      for (int k = 0; k < channels; k++) {
        factor[k] = (float) (from.std().get(k) / to.std().get(k));
        shift[k] = (float) ((from.mean().get(k) - to.mean().get(k)) / to.std().get(k));
      }
      Shape shape = new Shape(1, channels, 1, 1);
      return new Rescaling(
          from.mean().equals(to.mean()) && from.std().equals(to.std()),
          memory.create(factor, shape),
          memory.create(shift, shape));
    }

    NDArray of(NDArray images) {
      if (none) {
        return images;
      }
      try (NDArray scaled = images.mul(factor)) {
        return scaled.add(shift);
      }
    }
  }
}
