package dev.espalier.pruningnet.differentiable;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.architecture.ArchitectureSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * Early stopping of the alphas, after "DARTS+: Improved Differentiable Architecture Search with
 * Early Stopping" (2019): as weights learn, connections that compute nothing win ever larger
 * shares. After each epoch the architecture is decided; once one has too many skips, the alphas go
 * back to those of the last epoch that had not, and stand still from there on. Weights and scores
 * learn on.
 *
 * <p>Before any epoch has few enough, nothing is stopped: there is nothing to go back to.
 */
final class SkipGuard {

  /** What {@link #status} holds: nothing is remembered, something is, or alphas stand still. */
  private static final float[][] STATES = {{0}, {1}, {2}};

  private final NetworkParameters network;
  private final ArchitectureSpace space;
  private final int mostSkips;
  private final Parameter status;
  private final List<Parameter> remembered = new ArrayList<>();

  /** Remembers nothing yet. */
  SkipGuard(NetworkParameters network, ArchitectureSpace space, int mostSkips, NDManager memory) {
    this.network = network;
    this.space = space;
    this.mostSkips = mostSkips;
    this.status = Parameter.zeros("guard.status", new Shape(1), memory);
    for (Parameter alphas : network.alphaParameters()) {
      remembered.add(Parameter.zeros("guard." + alphas.name(), alphas.array().getShape(), memory));
    }
  }

  /** What it remembers, as part of a model's state. */
  List<Parameter> memory() {
    List<Parameter> memory = new ArrayList<>(remembered);
    memory.add(status);
    return memory;
  }

  /** Whether the alphas stand still. */
  boolean hasStopped() {
    return status() == 2;
  }

  /** Looks at the alphas after an epoch, and takes them back if it has to. */
  void epochEnded() {
    if (hasStopped()) {
      return;
    }
    if (space.decide(network.alphas()).skips() <= mostSkips) {
      copy(network.alphaParameters(), remembered);
      set(1);
    } else if (status() == 1) {
      copy(remembered, network.alphaParameters());
      set(2);
    }
  }

  private int status() {
    return (int) status.array().toFloatArray()[0];
  }

  private void set(int state) {
    status.set(0, STATES[state], 1);
  }

  private static void copy(List<Parameter> from, List<Parameter> to) {
    for (int i = 0; i < from.size(); i++) {
      float[] values = from.get(i).array().toFloatArray();
      to.get(i).set(0, values, values.length);
    }
  }
}
