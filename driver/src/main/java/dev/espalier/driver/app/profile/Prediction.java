package dev.espalier.driver.app.profile;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.service.Stage;
import dev.espalier.pruningnet.onnx.profile.Profiler;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * How well a table predicts whole networks of its space.
 *
 * @param meanError mean of |predicted - measured| / measured
 * @param worstError the largest of them
 * @param bias mean of (predicted - measured) / measured
 * @param structures that were measured
 */
public record Prediction(
    double meanError, double worstError, double bias, List<Measured> structures) {

  private static final String STREAM = "profile";
  private static final long SEED = 1;

  /**
   * One structure.
   *
   * @param structure its id
   * @param predicted milliseconds of a call, from the table
   * @param measured milliseconds of a call, the median
   */
  public record Measured(String structure, double predicted, double measured) {

    private double error() {
      return (predicted - measured) / measured;
    }
  }

  /**
   * Measures random structures on this machine, a few in turns.
   *
   * @param count of structures
   * @param profiling that made the table
   * @return empty if it was to stop
   */
  public static Optional<Prediction> of(
      LatencyTable table,
      SearchSpace space,
      int count,
      Profiling profiling,
      JobListener screen,
      BooleanSupplier stop) {
    RandomGenerator random = new RandomStreams(SEED).stream(STREAM, 0);
    List<Structure> structures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      structures.add(space.random(random));
    }
    List<Network> networks = structures.stream().map(space::apply).toList();
    screen.stage(Stage.PREPARING, "Measuring %d random structures".formatted(count));
    return new Profiler(profiling.device(), profiling.effort())
        .networks(
            networks, done -> screen.progress(new Progress(done, count, "structures", "")), stop)
        .map(measured -> of(table, structures, networks, measured));
  }

  private static Prediction of(
      LatencyTable table, List<Structure> structures, List<Network> networks, double[] measured) {
    List<Measured> rows = new ArrayList<>();
    for (int i = 0; i < measured.length; i++) {
      double predicted = table.microseconds(networks.get(i)) / 1000;
      rows.add(new Measured(structures.get(i).id(), predicted, measured[i] / 1000));
    }
    return new Prediction(
        rows.stream().mapToDouble(row -> Math.abs(row.error())).average().orElseThrow(),
        rows.stream().mapToDouble(row -> Math.abs(row.error())).max().orElseThrow(),
        rows.stream().mapToDouble(Measured::error).average().orElseThrow(),
        rows);
  }

  /** For people. */
  public String text() {
    Table table = Table.of("structure", ">predicted", ">measured", ">error");
    for (Measured row : structures) {
      table.row(
          row.structure(),
          String.format(Locale.ROOT, "%.3f ms", row.predicted()),
          String.format(Locale.ROOT, "%.3f ms", row.measured()),
          String.format(Locale.ROOT, "%+.1f%%", 100 * row.error()));
    }
    return "%s%nMean error %s over %d random structures, worst %s; on average %s%n"
        .formatted(
            table,
            String.format(Locale.ROOT, "%.1f%%", 100 * meanError),
            structures.size(),
            String.format(Locale.ROOT, "%.1f%%", 100 * worstError),
            String.format(Locale.ROOT, "%+.1f%%", 100 * bias));
  }
}
