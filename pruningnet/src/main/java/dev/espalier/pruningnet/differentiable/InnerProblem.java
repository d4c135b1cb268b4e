package dev.espalier.pruningnet.differentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.sparse.Masks;
import dev.espalier.pruningnet.sparse.Scores;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.phases.SparseNetwork;
import dev.espalier.pruningnet.training.step.Examples;
import dev.espalier.pruningnet.training.step.Slope;
import dev.espalier.pruningnet.training.trainee.Leaves;
import dev.espalier.pruningnet.training.trainee.Lesson;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a phase learns beside the alphas, and the loss as a function of it. The loss is taken at a
 * point: the weights themselves, or, where scores learn, the masks that they give, since a loss has
 * no derivative by a score but one straight through its mask. Masks may be real numbers there.
 *
 * <p>A point has the names of what is learned, so that gradients are found under these.
 */
final class InnerProblem {

  /** By what a loss is differentiated. */
  enum By {
    /** What the phase learns. */
    INNER,
    /** The alphas. */
    ALPHAS,
    /** Both, in one pass. */
    BOTH
  }

  private final Phase phase;
  private final NetworkParameters network;
  private final Scores scores;
  private final Sparsity sparsity;
  private final NDManager memory;
  private final Forward forward;
  private @Nullable Masks fixed;

  InnerProblem(Phase phase, SparseNetwork supernet, Sparsity sparsity) {
    this.phase = phase;
    this.network = supernet.weights();
    this.scores = supernet.scores();
    this.sparsity = sparsity;
    this.memory = supernet.memory();
    this.forward = Forward.of(network.network());
  }

  /** What is learned. */
  List<Parameter> learned() {
    return phase == Phase.PRUNE ? scores.parameters() : network.weightParameters();
  }

  List<Parameter> alphas() {
    return network.alphaParameters();
  }

  /**
   * Where the loss is taken for values of what is learned.
   *
   * @param scope owns what has to be made
   */
  List<Parameter> point(List<Parameter> values, NDManager scope) {
    return phase == Phase.PRUNE ? scores.named(scores.masks(sparsity, values, scope)) : values;
  }

  /** The loss at a point and at the alphas as they are. */
  Slope slope(List<Parameter> point, By by, Examples examples, NDManager scope) {
    Map<String, Parameter> byName = new HashMap<>();
    point.forEach(parameter -> byName.put(parameter.name(), parameter));
    Leaves leaves = new Leaves(scope);
    Function<Parameter, NDArray> inner = by == By.ALPHAS ? Parameter::array : leaves::of;
    Function<Parameter, NDArray> alphas = by == By.INNER ? Parameter::array : leaves::of;
    return Slope.of(
        () ->
            Lesson.of(
                forward,
                weights(
                    learned -> inner.apply(Objects.requireNonNull(byName.get(learned.name()))),
                    alphas,
                    scope),
                leaves::gradients),
        examples);
  }

  private Weights weights(
      Function<Parameter, NDArray> inner, Function<Parameter, NDArray> alphas, NDManager scope) {
    return switch (phase) {
      case PRETRAIN -> network.weights(inner, alphas);
      case PRUNE -> scores.relaxed(inner).apply(network.weights(Parameter::array, alphas), scope);
      case FINE_TUNE -> fixedMasks().apply(network.weights(inner, alphas), scope);
    };
  }

  /** Made when first needed, after a checkpoint may have brought the scores. */
  private Masks fixedMasks() {
    if (fixed == null) {
      fixed = scores.masks(sparsity, memory);
    }
    return fixed;
  }
}
