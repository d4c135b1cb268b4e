package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.meta.Padding;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.SpaceDigest;
import dev.espalier.pruningnet.meta.WeightTape;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;

/**
 * A PruningNet that learns with one uniformly random structure per batch, from "MetaPruning: Meta
 * Learning for Automatic Neural Network Channel Pruning" (2019), except that every few batches the
 * widest and the narrowest structure learn together instead, of which the widest may teach the
 * other, after the sandwich rule of "Universally Slimmable Networks and Improved Training
 * Techniques" (2019).
 */
public final class PruningNetTrainee implements Trainee {

  private static final Padding PADDING = Padding.VECTORS;

  private final PruningNet net;
  private final int sandwich;
  private final double distillation;
  private final RandomStreams streams;

  /**
   * Prepares a PruningNet.
   *
   * @param sandwich every this many steps the sandwich rule applies; 0 never, or at least 2
   * @param distillation weight of the widest structure's class probabilities in the targets of the
   *     narrowest where the sandwich rule applies, in [0, 1]; 0 is off
   * @param streams draws the structures
   */
  public PruningNetTrainee(
      PruningNet net, int sandwich, double distillation, RandomStreams streams) {
    if (sandwich < 0 || sandwich == 1) {
      throw new IllegalArgumentException(
          "training: sandwich is %d, expected 0 or at least 2".formatted(sandwich));
    }
    if (distillation < 0 || distillation > 1 || (distillation > 0 && sandwich == 0)) {
      throw new IllegalArgumentException(
          "training: distillation is %s with sandwich %d, expected 0 to 1, and 0 without sandwich"
              .formatted(distillation, sandwich));
    }
    this.net = net;
    this.sandwich = sandwich;
    this.distillation = distillation;
    this.streams = streams;
  }

  @Override
  public List<Parameter> parameters() {
    return net.parameters();
  }

  @Override
  public String digest() {
    return digest(net.space(), net.hidden(), sandwich, distillation);
  }

  /** The digest of a trainee that need not exist. */
  public static String digest(SearchSpace space, int hidden, int sandwich, double distillation) {
    return Sha256.of(
        "pruningnet %s hidden %d sandwich %d distillation %s %s"
            .formatted(SpaceDigest.of(space), hidden, sandwich, distillation, PADDING));
  }

  @Override
  public Lesson lesson(long step, NDManager scope) {
    WeightTape tape = net.tape(PADDING, scope);
    List<Lesson.Pass> passes =
        structures(step).stream()
            .map(structure -> new Lesson.Pass(forward(structure), tape.weights(structure)))
            .toList();
    return new Lesson(passes, distillation, tape::gradients);
  }

  /** The structures of a step, the teacher first. */
  List<Structure> structures(long step) {
    SearchSpace space = net.space();
    return sandwich > 0 && step % sandwich == 0
        ? List.of(space.widest(), space.narrowest())
        : List.of(space.random(streams.stream("structure", step)));
  }

  private Forward forward(Structure structure) {
    return Forward.of(PADDING.network(net.space(), structure));
  }
}
