package dev.espalier.pruningnet.training.parallel;

import dev.espalier.pruningnet.tensor.Parameter;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The values of a model's state on their way between processes: float32, little-endian, as every
 * machine with a native engine has them in memory. Immutable.
 */
public final class ModelBytes implements Serializable {

  private static final long serialVersionUID = 1;

  private final byte[][] arrays;

  private ModelBytes(byte[][] arrays) {
    this.arrays = arrays;
  }

  /** A copy of a state. */
  public static ModelBytes of(List<Parameter> state) {
    byte[][] arrays = new byte[state.size()][];
    for (int i = 0; i < arrays.length; i++) {
      ByteBuffer memory = state.get(i).bytes();
      arrays[i] = new byte[memory.remaining()];
      memory.get(arrays[i]);
    }
    return new ModelBytes(arrays);
  }

  /** Overwrites a state of the same model. */
  public void copyTo(List<Parameter> state) {
    for (int i = 0; i < arrays.length; i++) {
      state.get(i).bytes().put(arrays[i]);
    }
  }

  /**
   * Overwrites a state with the mean of some, value by value: summed up in the order given, in
   * double precision, so that the same models have the same mean, bit for bit.
   */
  static void average(List<ModelBytes> models, List<Parameter> state) {
    for (int i = 0; i < state.size(); i++) {
      double[] sums = new double[(int) state.get(i).size()];
      float[] values = new float[sums.length];
      for (ModelBytes model : models) {
        model.read(i, values);
        for (int k = 0; k < sums.length; k++) {
          sums[k] += values[k];
        }
      }
      for (int k = 0; k < sums.length; k++) {
        values[k] = (float) (sums[k] / models.size());
      }
      state.get(i).set(0, values, values.length);
    }
  }

  /** Number of bytes of all values. */
  public long size() {
    long size = 0;
    for (byte[] array : arrays) {
      size += array.length;
    }
    return size;
  }

  private void read(int array, float[] values) {
    ByteBuffer.wrap(arrays[array]).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
  }
}
