package dev.espalier.pruningnet.training.optimizer;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * "Adam: A Method for Stochastic Optimization" (2015), with weight decay added to the gradient: g =
 * dL/dw + decay w; m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w = w - rate (m / (1 - b1^t)) /
 * (sqrt(v / (1 - b2^t)) + 1e-8) in step t, from 1.
 *
 * <p>Computes value by value in double precision: for few parameters, as the alphas of a search.
 */
public final class Adam {

  private static final double EPSILON = 1e-8;

  private final List<Slot> slots = new ArrayList<>();
  private final Settings settings;

  /**
   * How it steps.
   *
   * @param rate step size
   * @param beta1 share of the old mean of the gradients that goes on, in [0, 1)
   * @param beta2 share of the old mean of their squares that goes on, in [0, 1)
   * @param weightDecay added to the gradient for each unit of a parameter's value
   */
  public record Settings(double rate, double beta1, double beta2, double weightDecay) {}

  private record Slot(Parameter parameter, Parameter mean, Parameter square) {}

  /** The values of a parameter after a step. */
  private record Update(float[] values, float[] mean, float[] square) {

    boolean isFinite() {
      for (int i = 0; i < values.length; i++) {
        if (!Float.isFinite(values[i]) || !Float.isFinite(mean[i]) || !Float.isFinite(square[i])) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Prepares to update parameters.
   *
   * @param scope owns the means, zero at first
   */
  public Adam(List<Parameter> parameters, Settings settings, NDManager scope) {
    this.settings = settings;
    for (Parameter parameter : parameters) {
      var shape = parameter.array().getShape();
      slots.add(
          new Slot(
              parameter,
              Parameter.zeros("mean." + parameter.name(), shape, scope),
              Parameter.zeros("square." + parameter.name(), shape, scope)));
    }
  }

  /** The means of gradients and squares: what the next step depends on. */
  public List<Parameter> moments() {
    return slots.stream().flatMap(slot -> Stream.of(slot.mean(), slot.square())).toList();
  }

  /**
   * Updates every parameter, or none if a value or moment would be no finite number.
   *
   * @param gradients dense, of every parameter
   * @param step t, from 1
   * @return the name of the first parameter of which that is so
   */
  public Optional<String> step(Gradients gradients, long step) {
    List<Update> updates = new ArrayList<>();
    for (Slot slot : slots) {
      Update update = update(slot, gradients, step);
      if (!update.isFinite()) {
        return Optional.of(slot.parameter().name());
      }
      updates.add(update);
    }
    for (int i = 0; i < updates.size(); i++) {
      Slot slot = slots.get(i);
      int count = updates.get(i).values().length;
      slot.parameter().set(0, updates.get(i).values(), count);
      slot.mean().set(0, updates.get(i).mean(), count);
      slot.square().set(0, updates.get(i).square(), count);
    }
    return Optional.empty();
  }

  private Update update(Slot slot, Gradients gradients, long step) {
    if (!(gradients.find(slot.parameter()) instanceof Gradient.Dense dense)) {
      throw new IllegalArgumentException("no gradient of " + slot.parameter().name());
    }
    float[] gradient = dense.values().toFloatArray();
    float[] values = slot.parameter().array().toFloatArray();
    float[] mean = slot.mean().array().toFloatArray();
    float[] square = slot.square().array().toFloatArray();
    double first = 1 - Math.pow(settings.beta1(), step);
    double second = 1 - Math.pow(settings.beta2(), step);
    for (int i = 0; i < values.length; i++) {
      double g = gradient[i] + settings.weightDecay() * values[i];
      mean[i] = (float) (settings.beta1() * mean[i] + (1 - settings.beta1()) * g);
      square[i] = (float) (settings.beta2() * square[i] + (1 - settings.beta2()) * g * g);
      double size = Math.sqrt(square[i] / second) + EPSILON;
      values[i] = (float) (values[i] - settings.rate() * (mean[i] / first) / size);
    }
    return new Update(values, mean, square);
  }
}
