package dev.espalier.bench.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Results as lines of a table: the mean over the seeds, and its 95% interval by Student's t. */
final class Table {

  /** The 97.5% quantiles for 1, 2, ... degrees of freedom. */
  private static final double[] T = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262
  };

  private Table() {}

  /**
   * The table: accuracy on test images, and by how much the first contender is ahead of each other
   * one on the seeds that both have.
   */
  static String of(List<Measured> all, List<Contender> contenders, List<Double> kept) {
    StringBuilder text = new StringBuilder("| kept | | weights | test | first is ahead by |\n");
    text.append("|---|---|---|---|---|\n");
    for (double share : kept) {
      Map<Long, Double> first = bySeed(all, contenders.get(0), share);
      for (Contender contender : contenders) {
        Map<Long, Double> own = bySeed(all, contender, share);
        double[] ahead =
            own.keySet().stream()
                .filter(first::containsKey)
                .mapToDouble(seed -> first.getOrDefault(seed, 0.0) - own.getOrDefault(seed, 0.0))
                .toArray();
        text.append(
            String.format(
                Locale.ROOT,
                "| %.0f%% | %s | %.0f | %s | %s |%n",
                100 * share,
                contender.name(),
                all.stream()
                    .filter(one -> one.contender().equals(contender.name()))
                    .mapToLong(Measured::weights)
                    .average()
                    .orElse(Double.NaN),
                points(own.values().stream().mapToDouble(Double::doubleValue).toArray()),
                contender == contenders.get(0) ? "" : points(ahead)));
      }
    }
    return text.toString();
  }

  private static Map<Long, Double> bySeed(List<Measured> all, Contender contender, double kept) {
    return all.stream()
        .filter(one -> one.contender().equals(contender.name()) && one.kept() == kept)
        .collect(Collectors.toMap(Measured::seed, Measured::test, (old, now) -> now, TreeMap::new));
  }

  private static String points(double[] shares) {
    if (shares.length == 0) {
      return "not measured";
    }
    double mean = Arrays.stream(shares).average().orElseThrow();
    if (shares.length == 1) {
      return String.format(Locale.ROOT, "%.1f (one seed)", 100 * mean);
    }
    double squares = Arrays.stream(shares).map(share -> (share - mean) * (share - mean)).sum();
    double error = Math.sqrt(squares / (shares.length - 1) / shares.length);
    return String.format(
        Locale.ROOT,
        "%.1f +- %.1f (%d seeds)",
        100 * mean,
        100 * T[shares.length - 2] * error,
        shares.length);
  }
}
