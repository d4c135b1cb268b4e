package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.sparse.Masks;
import dev.espalier.pruningnet.sparse.Scores;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.digest.Sha256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network whose weights stand still while it learns which of them to keep: each step runs on the
 * weights with the largest scores, and changes the scores. The prune phase of "DASS: Differentiable
 * Architecture Search for Sparse Neural Networks" (2023).
 *
 * @param model the weights, which do not change
 * @param scores what is learned, of the same network
 * @param sparsity how much is kept
 */
public record ScoreTrainee(NetworkParameters model, Scores scores, Sparsity sparsity)
    implements Trainee {

  @Override
  public List<Parameter> parameters() {
    return scores.parameters();
  }

  @Override
  public String digest() {
    return Sha256.of(
        "scores %s %s %s"
            .formatted(
                model.network().describe(), sparsity, Parameter.digest(model.weightParameters())));
  }

  @Override
  public Lesson lesson(long step, NDManager scope) {
    Leaves leaves = new Leaves(scope);
    Map<String, Parameter> masks = new HashMap<>();
    scores.named(scores.masks(sparsity, scope)).forEach(mask -> masks.put(mask.name(), mask));
    Masks leaf =
        scores.relaxed(score -> leaves.of(Objects.requireNonNull(masks.get(score.name()))));
    return Lesson.of(
        Forward.of(model.network()), leaf.apply(model.weights(), scope), leaves::gradients);
  }
}
