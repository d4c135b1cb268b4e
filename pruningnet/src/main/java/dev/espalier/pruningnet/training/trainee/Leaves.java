package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The arrays of one step that collect gradients: for each parameter the same memory, with a
 * gradient of its own that goes with the step's scope. Used by one thread.
 */
public final class Leaves {

  private final NDManager scope;
  private final Map<String, Leaf> byName = new LinkedHashMap<>();

  private record Leaf(Parameter parameter, NDArray array) {}

  /** No leaves yet, in the scope of a step. */
  public Leaves(NDManager scope) {
    this.scope = scope;
  }

  /** A parameter's leaf, always the same one. */
  public NDArray of(Parameter parameter) {
    return byName.computeIfAbsent(parameter.name(), name -> leaf(parameter)).array();
  }

  private Leaf leaf(Parameter parameter) {
    NDArray array = parameter.array().stopGradient();
    array.attach(scope);
    array.setRequiresGradient(true);
    return new Leaf(parameter, array);
  }

  /** The gradients of all leaves, after the way back. */
  public Gradients gradients() {
    Gradients gradients = new Gradients();
    byName
        .values()
        .forEach(
            leaf ->
                gradients.put(leaf.parameter(), new Gradient.Dense(leaf.array().getGradient())));
    return gradients;
  }
}
