package dev.espalier.driver.app.export;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.service.file.ScratchFolder;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.onnx.Latency;
import dev.espalier.pruningnet.onnx.OnnxFile;
import dev.espalier.pruningnet.onnx.OnnxNetwork;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How fast networks are in ONNX Runtime on this machine.
 *
 * @param setting how they were measured
 * @param networks in the order asked for; the first is the one that others are compared with
 */
public record Speeds(Setting setting, List<Speed> networks) {

  /**
   * How to measure.
   *
   * @param threads of one call
   * @param batch images of one call
   * @param warmUp calls of each network before the first that counts
   * @param runs calls of each network that count
   */
  public record Setting(int threads, int batch, int warmUp, int runs) {}

  /**
   * One network.
   *
   * @param name of its file, or of its structure
   * @param latency of one call, in seconds
   * @param imagesPerSecond at the median
   * @param speedUp median of the first network by this one's
   */
  public record Speed(String name, Latency latency, double imagesPerSecond, double speedUp) {}

  /**
   * Measures files.
   *
   * @throws dev.espalier.search.job.BadInputException naming one that cannot be loaded
   */
  public static Speeds of(List<Path> files, Setting setting) {
    return measured(files.stream().map(file -> new Named(file.toString(), file)).toList(), setting);
  }

  /** Measures the unpruned network of a job, and structures of it, with batch norm folded. */
  public static Speeds of(JobView job, List<Structure> structures, Setting setting) {
    try (ScratchFolder scratch = ScratchFolder.make()) {
      List<Named> named = new ArrayList<>();
      Network full = job.plan().space().network();
      named.add(new Named(full.name(), written(job, full, scratch.path().resolve("full.onnx"))));
      for (Structure structure : structures) {
        Network pruned = job.plan().space().apply(structure);
        Path file = scratch.path().resolve(structure.id() + ".onnx");
        named.add(new Named(structure.id(), written(job, pruned, file)));
      }
      return measured(named, setting);
    }
  }

  /** What the weights are does not matter. */
  private static Path written(JobView job, Network network, Path file) {
    try (TrainedNetwork any =
            TrainedNetwork.untrained(
                network, ImageConvention.of(job.plan().data()), new RandomStreams(0));
        TrainedNetwork folded = any.folded()) {
      OnnxFile.write(file, folded, Map.of());
      return file;
    }
  }

  private record Named(String name, Path file) {}

  private static Speeds measured(List<Named> named, Setting setting) {
    List<OnnxNetwork> networks = new ArrayList<>();
    try {
      named.forEach(one -> networks.add(OnnxNetwork.open(one.file(), setting.threads())));
      List<Latency> latencies =
          Latency.of(networks, setting.batch(), setting.warmUp(), setting.runs());
      return new Speeds(
          setting,
          IntStream.range(0, named.size())
              .mapToObj(
                  i -> speed(named.get(i).name(), latencies.get(i), latencies.get(0), setting))
              .toList());
    } finally {
      networks.forEach(OnnxNetwork::close);
    }
  }

  private static Speed speed(String name, Latency own, Latency first, Setting setting) {
    return new Speed(
        name, own, own.imagesPerSecond(setting.batch()), first.median() / own.median());
  }

  /** For people. */
  public String text() {
    Table table = Table.of("network", ">median", ">p95", ">images/s", ">speed-up");
    for (Speed one : networks) {
      table.row(
          one.name(),
          milliseconds(one.latency().median()),
          milliseconds(one.latency().p95()),
          String.format(Locale.ROOT, "%.0f", one.imagesPerSecond()),
          String.format(Locale.ROOT, "%.2f", one.speedUp()));
    }
    return "%s%nONNX Runtime, threads %d, batch %d, %d runs of each in turns%n"
        .formatted(table, setting.threads(), setting.batch(), setting.runs());
  }

  private static String milliseconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f ms", 1000 * seconds);
  }
}
