package dev.espalier.pruningnet.tensor;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gradients of one step, by parameter. Not thread-safe. */
public final class Gradients {

  private final Map<String, Gradient> byName = new HashMap<>();

  /** Sets a parameter's gradient, which must not have one yet. */
  public void put(Parameter parameter, Gradient gradient) {
    if (byName.putIfAbsent(parameter.name(), gradient) != null) {
      throw new IllegalStateException("two gradients for " + parameter.name());
    }
  }

  /** A parameter's gradient, or null if the loss did not depend on it. */
  public @Nullable Gradient find(Parameter parameter) {
    return byName.get(parameter.name());
  }
}
