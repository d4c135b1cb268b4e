package dev.espalier.pruningnet.tensor;

import dev.espalier.search.random.RandomStreams;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/** First values of parameters; random ones come from the stream of the parameter's name. */
public final class Initial {

  private static final int CHUNK = 1 << 16;

  private Initial() {}

  /** Uniform in [-bound, bound). */
  public static void uniform(Parameter parameter, double bound, RandomStreams streams) {
    RandomGenerator random = streams.stream(parameter.name(), 0);
    fill(parameter, () -> (2 * random.nextDouble() - 1) * bound);
  }

  /** Normal with mean 0. */
  public static void normal(Parameter parameter, double deviation, RandomStreams streams) {
    RandomGenerator random = streams.stream(parameter.name(), 0);
    fill(parameter, () -> random.nextGaussian() * deviation);
  }

  /** One value. */
  public static void constant(Parameter parameter, double value) {
    fill(parameter, () -> value);
  }

  private static void fill(Parameter parameter, DoubleSupplier values) {
    int size = Math.toIntExact(parameter.size());
    float[] chunk = new float[Math.min(CHUNK, size)];
    for (int start = 0; start < size; start += CHUNK) {
      int count = Math.min(CHUNK, size - start);
      for (int i = 0; i < count; i++) {
        chunk[i] = (float) values.getAsDouble();
      }
      parameter.set(start, chunk, count);
    }
  }
}
