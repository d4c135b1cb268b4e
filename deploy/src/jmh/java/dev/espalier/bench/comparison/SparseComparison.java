package dev.espalier.bench.comparison;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.cell.Backbone;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.cell.CellSpace;
import dev.espalier.search.cell.Operation;
import dev.espalier.search.job.DataSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Accuracy of sparse networks by where they come from: found by PR-DARTS, found by DARTS and then
 * pruned, drawn at random, ResNet-20 and MobileNetV2. All have about the same number of weights,
 * learn on the same images in as many steps, and are pruned by the same scores.
 *
 * <p>Uses one core. Start it once for each core: what one process has begun, the others leave to
 * it. Stopped at any moment, it goes on from its checkpoints; what is in the file of results is not
 * measured again.
 *
 * <p>Arguments: a home with the data set {@code cifar10}, imported at 16 x 16 pixels so that a core
 * gets through it; a folder for checkpoints; the file of results; and seeds, 1 to 3 by default.
 */
public final class SparseComparison {

  private static final List<Double> KEPT = List.of(0.1, 0.05, 0.01);

  /**
   * So that filters of the supernet's 8 channels keep as many weights as those of the about 20
   * channels that its cells get afterwards do at 5%.
   */
  private static final double SEARCHED_KEPT = 0.125;

  private static final List<Contender> CONTENDERS =
      List.of(
          new Contender.Found("PR-DARTS", SEARCHED_KEPT),
          new Contender.Found("DARTS", 1),
          new Contender.RandomCells("random cells"),
          new Contender.Known("resnet20"),
          new Contender.Known("mobilenetv2"));

  private static final Budget BUDGET =
      new Budget(
          100_000, new PhasedSettings.Epochs(5, 2, 6), new PhasedSettings.Rates(0.05, 0.1), 64);

  private static final DataSpec.Splits SPLITS = new DataSpec.Splits(20_000, 5_000, 5_000);
  private static final int CELLS = 5;
  private static final int SEARCHED_CHANNELS = 8;
  private static final int NODES = 3;
  private static final PhasedSettings.Epochs SEARCHED_EPOCHS = new PhasedSettings.Epochs(3, 1, 1);
  private static final int SEARCHED_BATCH = 64;

  private SparseComparison() {}

  /** Measures what is missing, then prints the table. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    Results results = new Results(Path.of(arguments[2]));
    List<Long> seeds =
        arguments.length > 3
            ? List.of(arguments).subList(3, arguments.length).stream().map(Long::parseLong).toList()
            : List.of(1L, 2L, 3L);
    PackedDataset data = DataStore.of(new Home(Path.of(arguments[0]))).open("cifar10");
    Images images = Images.of(data, SPLITS);
    CellSearch search = search(images, folder);
    for (long seed : seeds) {
      for (Contender contender : CONTENDERS) {
        Path own = Files.createDirectories(folder.resolve(contender.name() + "-" + seed));
        Optional<ProcessLock> lock = ProcessLock.take(own.resolve("lock"));
        if (lock.isPresent()) {
          try (ProcessLock mine = lock.get()) {
            measure(contender, seed, search, new Course(BUDGET, images, own), results);
          }
        }
      }
    }
    System.out.print(Table.of(results.all(), CONTENDERS, KEPT));
  }

  private static void measure(
      Contender contender, long seed, CellSearch search, Course course, Results results) {
    List<Double> missing =
        KEPT.stream().filter(kept -> !results.has(contender, kept, seed)).toList();
    if (missing.isEmpty()) {
      return;
    }
    Contender.Proposal proposal = contender.propose(search, BUDGET.weights(), seed);
    for (double kept : missing) {
      Measured measured = course.measured(contender, proposal, kept, seed);
      results.add(measured);
      System.err.println(measured.line());
    }
  }

  private static CellSearch search(Images images, Path folder) {
    DatasetInfo info = images.dataset().info();
    List<Operation> operations =
        List.of(
            Operation.NONE,
            Operation.MAX_POOL_3X3,
            Operation.SKIP,
            Operation.SEPARABLE_3X3,
            Operation.SEPARABLE_5X5,
            Operation.DILATED_3X3);
    return new CellSearch(
        new CellArchitectures(
            new CellSpace(NODES, operations),
            new Backbone(CELLS, SEARCHED_CHANNELS, info.shape(), info.classes().size())),
        SEARCHED_EPOCHS,
        SEARCHED_BATCH,
        images.trainingData(),
        folder);
  }
}
