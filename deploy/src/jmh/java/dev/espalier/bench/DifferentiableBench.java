package dev.espalier.bench;

import static dev.espalier.bench.Figures.print;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.differentiable.ArchitectureListener;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.differentiable.SearchSettings;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.cell.Backbone;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.cell.CellSpace;
import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.job.NetworkSpec;
import dev.espalier.search.network.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Steps per second of a differentiable search in each phase, first order and unrolled, as a share
 * of the core's float32 peak, and the memory that it takes. Processor time of the searching thread,
 * on one core.
 *
 * <p>Arguments: cells, 6 by default, channels, 8 by default, batch, 32 by default, and memory
 * order.
 */
public final class DifferentiableBench {

  private static final int STEPS = 2;

  /**
   * In units of a pass there: 2 for a way back to the alphas alone, 3 where weights have one too.
   */
  private static final double PASSES_FIRST = 2 + 3;

  private static final double PASSES_UNROLLED = 3 + 3 + 2 + 2 + 3;

  private final CellArchitectures space;
  private final int batch;
  private final MemoryFormat format;
  private final double peak;

  private DifferentiableBench(
      CellArchitectures space, int batch, MemoryFormat format, double peak) {
    this.space = space;
    this.batch = batch;
    this.format = format;
    this.peak = peak;
  }

  /** Prints a line for each phase and order. */
  public static void main(String[] arguments) throws IOException {
    int cells = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 6;
    int channels = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8;
    int batch = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 32;
    MemoryFormat format =
        arguments.length > 3 ? MemoryFormat.valueOf(arguments[3]) : MemoryFormat.CHANNELS_LAST;
    CellArchitectures space =
        new CellArchitectures(
            CellSpace.DARTS, new Backbone(cells, channels, NoiseImages.SHAPE, NoiseImages.CLASSES));
    DifferentiableBench bench =
        new DifferentiableBench(space, batch, format, new MatmulPeak().flops());
    try (ScratchFolder folder = ScratchFolder.create()) {
      for (NetworkSpec.Order order : NetworkSpec.Order.values()) {
        bench.measure(order, folder.path());
        print("  most memory of the process so far: %s", mostMemory());
      }
    }
  }

  private void measure(NetworkSpec.Order order, Path folder) throws IOException {
    // The first step of each phase warms up and is not measured.
    PackedDataset noise =
        NoiseImages.write(folder.resolve(order + PackedWriter.EXTENSION), 2 * (STEPS + 1) * batch);
    TrainingData data = new TrainingData(noise, IntStream.range(0, noise.info().size()).toArray());
    SearchSettings settings =
        new SearchSettings(
            new PhasedSettings(
                new PhasedSettings.Epochs(1, 1, 1),
                PhasedSettings.Rates.PUBLISHED,
                batch,
                Sparsity.of(Granularity.WEIGHT, 0.05),
                Augmentation.STANDARD,
                format,
                1),
            SearchSettings.ALPHA_RATE,
            order,
            Integer.MAX_VALUE);
    Clock clock = new Clock();
    new DifferentiableSearch(space, settings, data)
        .run(
            new Checkpoints(folder.resolve("checkpoints"), Long.MAX_VALUE),
            1,
            clock,
            () -> false,
            folder.resolve("found"))
        .orElseThrow()
        .close();
    Network supernet = space.supernet();
    double macs = WalkCosts.of(supernet, 1).macs();
    print(
        "%s, %s, %d cells, %d channels: %.1f M MACs, %.2f M weights, batch %d",
        order,
        format,
        space.backbone().cells(),
        space.backbone().channels(),
        macs / 1e6,
        WalkCosts.of(supernet, 1).parameters() / 1e6,
        batch);
    double passes = order == NetworkSpec.Order.FIRST ? PASSES_FIRST : PASSES_UNROLLED;
    for (Clock.Measured measured : clock.phases) {
      double seconds = measured.nanos() / 1e9 / STEPS;
      print(
          "  %s: %.2f s a step, %.1f%% of the peak",
          measured.phase().text(), seconds, 100 * 2 * passes * macs * batch / seconds / peak);
    }
  }

  private static String mostMemory() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .findFirst()
          .map(line -> line.substring("VmHWM:".length()).strip())
          .orElse("unknown");
    }
  }

  /** The time of all steps of a phase but the first. */
  private static final class Clock implements ArchitectureListener {

    private record Measured(Phase phase, long nanos) {}

    private final List<Measured> phases = new ArrayList<>();
    private Phase phase = Phase.PRETRAIN;
    private long start;

    @Override
    public void phase(Phase next) {
      phase = next;
    }

    @Override
    public void step(Step step) {
      if (step.step() == 0) {
        start = ProcessorTime.nanos();
      } else if (step.step() == STEPS) {
        phases.add(new Measured(phase, ProcessorTime.nanos() - start));
      }
    }
  }
}
