package dev.espalier.driver.app.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.metrics.JobMetrics;
import dev.espalier.driver.service.queue.Services;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import dev.espalier.driver.spark.SparkContexts;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.generated.Shapes32;
import dev.espalier.pruningnet.differentiable.ArchitectureListener;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SeedsTest {

  private static final String JOB =
      """
      network:
        name: cells
        cells: {count: 3, channels: 4, nodes: 2, operations: [none, skip_connect, max_pool_3x3, sep_conv_3x3]}
        differentiable: {pretrain: 1, prune: 1, fineTune: 1, batch: 6, kept: 20, seed: 5, seeds: 2}
      data: {name: shapes-32, splits: {train: 24, selection: 12, confirmation: 12}}
      space: {kept: [10, 50, 100]}
      constraints: [{metric: nonZeroMacs, max: 60%}]
      evaluation: {recalibrationImages: 8, shard: 12, batch: 12}
      """;

  private static final Supplier<SparkSlices> NO_WORKERS =
      () -> {
        throw new AssertionError("no search was expected");
      };

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();
  private Images images;

  @BeforeEach
  void drawImages() {
    PackedDataset data = new Shapes32(60, 10, 1).write(folder.resolve("images"));
    images = Images.of(data, spec(JOB).data().splits());
  }

  @Test
  void best_equalScores_isThatOfTheLowestSeed() {
    assertThat(best(3, 5, 5, 4)).isEqualTo("seed 2");
    assertThat(best(3, 3)).isEqualTo("seed 1");
    assertThat(best(0, 1, 7)).isEqualTo("seed 3");
  }

  @Test
  void search_spreadErk_keepsMoreOfSmallLayersAndIsAnotherSearch() {
    DifferentiableSearch even = search(JOB, 5);
    DifferentiableSearch erk = search(JOB.replace("kept: 20", "kept: 20, spread: erk"), 5);

    assertThat(even.settings().phases().sparsity().layers()).isEmpty();
    assertThat(erk.settings().phases().sparsity().kept()).isEqualTo(0.2);
    assertThat(erk.settings().phases().sparsity().layers().values())
        .anyMatch(share -> share > 0.5)
        .anyMatch(share -> share < 0.2);
    assertThat(erk.digest()).isNotEqualTo(even.digest());
  }

  @Test
  void find_stoppedAndGoneOnWith_hasTheFilesOfSearchesAlone() throws Exception {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    alone(whole, 5);
    alone(whole, 6);

    Path stopped = Files.createDirectory(folder.resolve("stopped"));
    assertThat(find(JOB, stopped, () -> hasCheckpoint(stopped), this::workers)).isEmpty();
    assertThat(hasCheckpoint(stopped)).isTrue();
    assertThat(notes).noneMatch(note -> note.contains("Goes on"));
    Architectures.Found found = find(JOB, stopped, () -> false, this::workers).orElseThrow();

    assertThat(notes).anyMatch(note -> note.contains("Goes on from step"));
    assertThat(notes).anyMatch(note -> note.matches("Seed [56] goes on, the best of 2"));
    for (long seed : new long[] {5, 6}) {
      Path file = file(stopped, seed);
      assertThat(file).hasSameBinaryContentAs(file(whole, seed));
      assertThat(file.resolveSibling("checkpoints/prune")).isEmptyDirectory();
    }
    assertThat(find(JOB, whole, () -> false, NO_WORKERS)).contains(found);
    assertThat(notes).filteredOn(note -> note.startsWith("Reusing the architecture")).hasSize(2);
    String one = JOB.replace("seed: 5, seeds: 2", "seed: 6, seeds: 1");
    assertThat(find(one, stopped, () -> false, NO_WORKERS)).isPresent();
    requireAllowed(found);
  }

  /** What is tried first meets the constraints, and is as sparse or as narrow as they ask for. */
  private void requireAllowed(Architectures.Found found) {
    JobSpec spec = spec(JOB).withArchitecture(found.architecture(), found.first());
    JobPlan plan = JobPlan.of(spec, images.dataset().info());
    assertThat(found.first()).hasSizeBetween(2, 12).doesNotHaveDuplicates();
    assertThat(plan.domain().first())
        .hasSize(found.first().size())
        .allMatch(plan.domain()::allows)
        .anyMatch(
            structure -> plan.costs().costs(structure).nonZeroMacs() < plan.full().macs() / 2);
    assertThat(plan.strategy()).isEqualTo("metapruning");
  }

  private static String best(int... correct) {
    List<Seeds.Measured> all = new ArrayList<>();
    for (int i = correct.length; i >= 1; i--) {
      all.add(new Seeds.Measured(i, Path.of("seed " + i), new ShardScore(correct[i - 1], 10, 0)));
    }
    return Seeds.Measured.best(all).file().toString();
  }

  private Optional<Architectures.Found> find(
      String job, Path home, BooleanSupplier stop, Supplier<SparkSlices> workers) {
    return new Architectures(home, monitor(), stop).find(spec(job), images, workers);
  }

  private void alone(Path home, long seed) {
    Path file = file(home, seed);
    search(JOB, seed)
        .run(
            new Checkpoints(file.resolveSibling("checkpoints"), 100),
            1,
            ArchitectureListener.UNHEARD,
            () -> false,
            file)
        .orElseThrow()
        .close();
  }

  private Path file(Path home, long seed) {
    return home.resolve(search(JOB, seed).digest()).resolve(Architectures.FILE);
  }

  private DifferentiableSearch search(String job, long seed) {
    JobSpec spec = spec(job);
    return Architectures.search(
        Networks.space(spec.network(), images.dataset().info()).orElseThrow(),
        spec.network().differentiable().only(seed),
        images.trainingData());
  }

  private static boolean hasCheckpoint(Path home) {
    try (Stream<Path> files = Files.walk(home)) {
      return files.anyMatch(file -> file.toString().endsWith(".checkpoint"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Two that do one step at a time. */
  private SparkSlices workers() {
    JavaSparkContext spark =
        new JavaSparkContext(
            new SparkConf()
                .setAppName("side by side")
                .setMaster("local[2]")
                .set("spark.ui.enabled", "false")
                .set("spark.local.dir", folder.toString())
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.espalier.slice", "0ms"));
    return SparkSlices.open(
        spark,
        new ContentFile(images.dataset().info().digest(), images.dataset().file()),
        new WorkersObserver() {},
        () -> SparkContexts.stop(spark));
  }

  private JobMonitor monitor() {
    Services services = Services.in(Store.shared(new MemoryFolder()));
    JobListener screen =
        new JobListener() {
          @Override
          public void note(String line) {
            notes.add(line);
          }
        };
    return new JobMonitor(
        services.jobs().accept(Services.file("job", 0)),
        screen,
        JobMetrics.alone("job-1"),
        () -> true,
        services.clock());
  }

  private static JobSpec spec(String job) {
    return JobFile.parse(job, "job.yaml").spec();
  }
}
