package dev.espalier.pruningnet.onnx.profile;

import dev.espalier.search.latency.Device;
import dev.espalier.search.latency.Kernel;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.latency.Probe;
import dev.espalier.search.latency.Timing;
import dev.espalier.search.network.Network;
import dev.espalier.search.report.Quantile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * Times kernels on this machine, some at a time, in turns.
 *
 * @param device that this machine is
 * @param effort how thoroughly
 */
public record Profiler(Device device, Effort effort) {

  /** Kernels that take turns, where memory holds so many easily. */
  private static final int TOGETHER = 32;

  /** Values of all their maps. */
  private static final long VALUES = 1L << 28;

  /** Whole networks that do. */
  private static final int NETWORKS = 8;

  /**
   * The table of some kernels.
   *
   * @param done hears how many are timed
   * @param stop whether to stop
   * @return empty if it was to stop
   */
  public Optional<LatencyTable> time(List<Kernel> kernels, IntConsumer done, BooleanSupplier stop) {
    Map<Kernel, Timing> timings = new LinkedHashMap<>();
    int from = 0;
    while (from < kernels.size()) {
      List<Kernel> some = some(kernels.subList(from, kernels.size()));
      from += some.size();
      if (!time(some, timings, stop)) {
        return Optional.empty();
      }
      done.accept(timings.size());
    }
    return Optional.of(new LatencyTable(device, timings));
  }

  /** The first ones, as many as may take turns; at least one. */
  private List<Kernel> some(List<Kernel> kernels) {
    long values = 0;
    int count = 0;
    while (count < Math.min(TOGETHER, kernels.size()) && values < VALUES) {
      Kernel kernel = kernels.get(count);
      long positions = (long) kernel.operation().height() * kernel.operation().width();
      values += Probe.TIMES * device.batch() * positions * (kernel.in() + kernel.out());
      count++;
    }
    return kernels.subList(0, count);
  }

  private boolean time(List<Kernel> kernels, Map<Kernel, Timing> timings, BooleanSupplier stop) {
    List<Network> networks = new ArrayList<>();
    int[] with = new int[kernels.size()];
    int[] without = new int[kernels.size()];
    for (int i = 0; i < with.length; i++) {
      Probe probe = Probe.of(kernels.get(i), device);
      with[i] = networks.size();
      networks.add(probe.with());
      without[i] = probe.without() == null ? -1 : networks.size();
      if (probe.without() != null) {
        networks.add(probe.without());
      }
    }
    double[][] samples = new double[kernels.size()][effort.measurements()];
    try (Turns turns = new Turns(networks, device.threads(), device.batch())) {
      for (int m = 0; m < effort.measurements(); m++) {
        double[][] runs = new double[kernels.size()][effort.runs()];
        for (int run = 0; run < effort.runs(); run++) {
          if (stop.getAsBoolean()) {
            return false;
          }
          double[] times = turns.times();
          for (int i = 0; i < with.length; i++) {
            runs[i][run] =
                without[i] < 0
                    ? times[with[i]]
                    : (times[with[i]] - times[without[i]]) / Probe.TIMES;
          }
        }
        for (int i = 0; i < with.length; i++) {
          samples[i][m] = median(runs[i]);
        }
      }
    }
    for (int i = 0; i < with.length; i++) {
      timings.put(kernels.get(i), Timing.of(samples[i]));
    }
    return true;
  }

  /**
   * What whole networks take, in microseconds: the median over the measurements.
   *
   * @param networks of which a few take turns
   * @param done hears how many are timed
   * @param stop whether to stop
   * @return empty if it was to stop
   */
  public Optional<double[]> networks(
      List<Network> networks, IntConsumer done, BooleanSupplier stop) {
    double[] medians = new double[networks.size()];
    for (int from = 0; from < medians.length; from += NETWORKS) {
      int to = Math.min(medians.length, from + NETWORKS);
      Optional<double[]> some = networks(networks.subList(from, to), stop);
      if (some.isEmpty()) {
        return Optional.empty();
      }
      System.arraycopy(some.get(), 0, medians, from, to - from);
      done.accept(to);
    }
    return Optional.of(medians);
  }

  private Optional<double[]> networks(List<Network> networks, BooleanSupplier stop) {
    int calls = effort.measurements() * effort.runs();
    double[][] runs = new double[networks.size()][calls];
    try (Turns turns = new Turns(networks, device.threads(), device.batch())) {
      for (int run = 0; run < calls; run++) {
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        double[] times = turns.times();
        for (int i = 0; i < times.length; i++) {
          runs[i][run] = times[i];
        }
      }
    }
    return Optional.of(Arrays.stream(runs).mapToDouble(Profiler::median).toArray());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Quantile.index(0.5, sorted.length)];
  }
}
