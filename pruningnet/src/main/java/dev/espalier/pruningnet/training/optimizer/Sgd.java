package dev.espalier.pruningnet.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stochastic gradient descent with momentum: m = momentum m + rate (g + decay w); w = w - m, for
 * every parameter in every step, also where the gradient is 0.
 *
 * <p>Works through each parameter in pieces that stay in the cache, so that main memory is read and
 * written once, and forms low-rank gradients piece by piece: several times faster than one
 * operation after the other on whole parameters.
 */
public final class Sgd {

  /** Values in a piece: with more, the engine wakes all its threads for every operation. */
  private static final int PIECE = 30_000;

  private static final float NO_RESCALING = 1;
  private static final float NO_CLIPPING = -1;

  private final List<Slot> slots = new ArrayList<>();
  private final float momentum;
  private final float weightDecay;

  /** A parameter and its momentum, both as matrices in pieces of some rows. */
  private record Slot(
      Parameter parameter,
      Parameter momentum,
      Shape matrix,
      long rowsPerPiece,
      List<PtNDArray> values,
      List<PtNDArray> momenta) {}

  /**
   * Prepares to update parameters.
   *
   * @param scope owns the momenta, zero at first
   */
  public Sgd(List<Parameter> parameters, double momentum, double weightDecay, NDManager scope) {
    this.momentum = (float) momentum;
    this.weightDecay = (float) weightDecay;
    for (Parameter parameter : parameters) {
      Shape shape = parameter.array().getShape();
      Parameter state = Parameter.zeros("momentum." + parameter.name(), shape, scope);
      Shape matrix = new Shape(shape.get(0), shape.size() / shape.get(0));
      long rows = Math.max(1, PIECE / matrix.get(1));
      slots.add(
          new Slot(
              parameter,
              state,
              matrix,
              rows,
              pieces(parameter.array(), matrix, rows, scope),
              pieces(state.array(), matrix, rows, scope)));
    }
  }

  /** The momenta, in the order of the parameters. */
  public List<Parameter> momenta() {
    return slots.stream().map(Slot::momentum).toList();
  }

  /** Updates every parameter. */
  public void step(Gradients gradients, double rate) {
    for (Slot slot : slots) {
      Gradient gradient = gradients.find(slot.parameter());
      for (int i = 0; i < slot.values().size(); i++) {
        PtNDArray values = slot.values().get(i);
        try (NDArray piece = piece(gradient, slot, i)) {
          JniUtils.sgdUpdate(
              values,
              (PtNDArray) piece,
              slot.momenta().get(i),
              (float) rate,
              weightDecay,
              NO_RESCALING,
              NO_CLIPPING,
              momentum);
        }
      }
    }
  }

  private static NDArray piece(@Nullable Gradient gradient, Slot slot, int index) {
    NDIndex rows = rows(index * slot.rowsPerPiece(), slot);
    if (gradient instanceof Gradient.LowRank product) {
      try (NDArray left = product.left().get(rows)) {
        return left.matMul(product.right());
      }
    }
    if (gradient instanceof Gradient.Dense dense) {
      try (NDArray matrix = dense.values().reshape(slot.matrix())) {
        return matrix.get(rows);
      }
    }
    return slot.values().get(index).zerosLike();
  }

  private static NDIndex rows(long start, Slot slot) {
    return rows(start, slot.rowsPerPiece(), slot.matrix());
  }

  private static NDIndex rows(long start, long count, Shape matrix) {
    return new NDIndex().addSliceDim(start, Math.min(matrix.get(0), start + count));
  }

  private static List<PtNDArray> pieces(
      NDArray array, Shape matrix, long rowsPerPiece, NDManager scope) {
    List<PtNDArray> pieces = new ArrayList<>();
    try (NDArray rows = array.reshape(matrix)) {
      for (long start = 0; start < matrix.get(0); start += rowsPerPiece) {
        NDArray piece = rows.get(rows(start, rowsPerPiece, matrix));
        piece.attach(scope);
        pieces.add((PtNDArray) piece);
      }
    }
    return pieces;
  }
}
