package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.sparse.Masks;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.digest.Sha256;
import java.util.List;

/**
 * A sparse network that learns its weights under masks which stand still. What is dropped has no
 * part in the result and gets no gradient.
 *
 * @param model what is learned; alphas do not change
 * @param masks of the same network
 */
public record MaskedTrainee(NetworkParameters model, Masks masks) implements Trainee {

  @Override
  public List<Parameter> parameters() {
    return model.weightParameters();
  }

  @Override
  public String digest() {
    return Sha256.of("masked %s %s".formatted(model.network().describe(), masks.digest()));
  }

  @Override
  public Lesson lesson(long step, NDManager scope) {
    Leaves leaves = new Leaves(scope);
    return Lesson.of(
        Forward.of(model.network()),
        masks.apply(model.weights(leaves::of, Parameter::array), scope),
        leaves::gradients);
  }
}
