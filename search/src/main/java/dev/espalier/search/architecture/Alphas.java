package dev.espalier.search.architecture;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a supernet has learned about its choices: for each one a number per option, whose softmax
 * are the shares of the options in a {@link Layer.Mixture}. Immutable.
 *
 * @param choices the numbers of each choice, by its name
 */
public record Alphas(Map<String, List<Double>> choices) {

  /** Copies all, in the order given. */
  public Alphas {
    Map<String, List<Double>> copy = new LinkedHashMap<>();
    choices.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    choices = Collections.unmodifiableMap(copy);
  }

  /** Equal numbers for all options of a supernet. */
  public static Alphas zeros(Network supernet) {
    Map<String, List<Double>> zeros = new LinkedHashMap<>();
    supernet
        .choices()
        .forEach((name, options) -> zeros.put(name, options.stream().map(option -> 0.0).toList()));
    return new Alphas(zeros);
  }

  /** The shares of a choice's options: positive, with sum 1. */
  public double[] shares(String choice) {
    List<Double> values = choices.get(choice);
    if (values == null) {
      throw new IllegalArgumentException("no alphas of choice " + choice);
    }
    double most = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double[] shares = values.stream().mapToDouble(value -> Math.exp(value - most)).toArray();
    // Sorted, so that edges with the same numbers in another order have the same shares to the bit.
    double sum = Arrays.stream(shares).sorted().sum();
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
