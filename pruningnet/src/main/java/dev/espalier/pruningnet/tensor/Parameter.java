package dev.espalier.pruningnet.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.search.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * A learned array with a name, float32 and contiguous. Its memory belongs to the scope it was made
 * in.
 *
 * @param name unique within its model, e.g. {@code conv1.kernel.weight}
 * @param array the values
 */
public record Parameter(String name, NDArray array) {

  /** A parameter of zeros. */
  public static Parameter zeros(String name, Shape shape, NDManager scope) {
    return new Parameter(name, scope.zeros(shape));
  }

  /** Number of values. */
  public long size() {
    return array.size();
  }

  /**
   * The memory itself, in native byte order: what is written here is what the engine reads. Must
   * not be used after the parameter's scope is closed. At most 2 GiB.
   */
  public ByteBuffer bytes() {
    return array.toByteBuffer(true);
  }

  /** SHA-256 of the names and values of some parameters. */
  public static String digest(List<Parameter> parameters) {
    StringBuilder digests = new StringBuilder();
    for (Parameter parameter : parameters) {
      digests.append(parameter.name()).append(Sha256.of(parameter.array.toByteArray()));
    }
    return Sha256.of(digests.toString());
  }

  /** Copies values in, starting at an offset. */
  public void set(int offset, float[] values, int count) {
    FloatBuffer memory = bytes().asFloatBuffer();
    memory.position(offset).put(values, 0, count);
  }
}
