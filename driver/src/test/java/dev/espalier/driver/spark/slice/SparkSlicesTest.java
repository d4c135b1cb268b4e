package dev.espalier.driver.spark.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.spark.SmallCluster;
import dev.espalier.search.attempt.WorkersBrokenException;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class SparkSlicesTest {

  private static final BooleanSupplier NEVER = () -> false;

  /** How many slices are still to be lost, as if with their worker. */
  private static final AtomicInteger LOSSES = new AtomicInteger();

  /** How many slices of this process have counted to 1. */
  private static final AtomicInteger COUNTING = new AtomicInteger();

  @TempDir private Path folder;
  private ContentFile images;

  @BeforeEach
  void writeImages() throws IOException {
    images = new ContentFile("images", Files.writeString(folder.resolve("images"), "3"));
  }

  @AfterEach
  void forgetTestMode() {
    SmallCluster.forget();
    LOSSES.set(0);
    COUNTING.set(0);
  }

  @Test
  void run_worksLongerThanASlice_goOnWhereTheyWere() {
    List<Integer> told = new ArrayList<>();
    try (JavaSparkContext spark = local("100ms");
        SparkSlices slices = open(spark)) {
      boolean finished =
          slices.run(
              works(3, new Counting(100)),
              (work, count) -> {
                assertThat(count(work)).as("its files are safe").isEqualTo(count);
                if (work == 2) {
                  told.add(count);
                }
                return count < 100;
              },
              NEVER);
      assertThat(finished).isTrue();
    }
    assertThat(told).hasSizeGreaterThan(2).doesNotHaveDuplicates().isSorted().endsWith(100);
    assertThat(count(0) + count(1) + count(2)).isEqualTo(300);
  }

  @Test
  void run_sliceShorterThanAnything_getsOnAllTheSame() {
    try (JavaSparkContext spark = local("0ms");
        SparkSlices slices = open(spark)) {
      assertThat(slices.run(works(1, new Counting(3)), (work, count) -> count < 3, NEVER)).isTrue();
    }
    assertThat(count(0)).isEqualTo(3);
  }

  @Test
  void run_askedToStop_hasAllWorksPauseAndKeepsWhatTheyDid() {
    try (JavaSparkContext spark = local("10m")) {
      // Listeners hear of a task a little after it has begun.
      int[] looks = {0};
      BooleanSupplier stop = () -> COUNTING.get() >= 2 && ++looks[0] > 5;
      try (SparkSlices slices = open(spark)) {
        boolean finished =
            slices.run(works(3, new Counting(1_000_000)), (work, count) -> true, stop);
        assertThat(finished).isFalse();
      }
      assertThat(IntStream.range(0, 3).filter(i -> count(i) > 0).count())
          .as("those that had a worker")
          .isEqualTo(2);
      int most = IntStream.range(0, 3).map(this::count).max().orElseThrow();

      try (SparkSlices slices = open(spark)) {
        Counting rest = new Counting(most + 10);
        assertThat(slices.run(works(3, rest), (work, count) -> count < rest.to, NEVER)).isTrue();
      }
      assertThat(IntStream.range(0, 3).map(this::count)).containsOnly(most + 10);
    }
  }

  @Test
  void run_workersAreLost_doesTheSliceOnceMore() {
    LOSSES.set(4);
    try (JavaSparkContext spark = local("50ms");
        SparkSlices slices = open(spark)) {
      assertThat(slices.run(works(1, new Lossy()), (work, count) -> count < 50, NEVER)).isTrue();
    }
    assertThat(count(0)).isEqualTo(50);
    assertThat(LOSSES.get()).isNegative();
  }

  @Test
  void run_workersAreLostAlways_saysSo() {
    LOSSES.set(Integer.MAX_VALUE);
    try (JavaSparkContext spark = local("50ms");
        SparkSlices slices = open(spark)) {
      assertThatThrownBy(() -> slices.run(works(1, new Lossy()), (work, count) -> true, NEVER))
          .isInstanceOf(WorkersBrokenException.class)
          .hasMessageContaining("lost 5 times in one slice")
          .hasMessageContaining("no memory");
    }
  }

  @Test
  void run_oneWorkThrows_throwsItsReasonAndEndsTheOthers() {
    try (JavaSparkContext spark = local("10m");
        SparkSlices slices = open(spark)) {
      List<FolderWork<Integer>> works = new ArrayList<>(works(1, new Counting(1_000_000)));
      works.add(
          new FolderWork<>(
              (dataset, place, pause) -> {
                throw new BadInputException("other images");
              },
              folder.resolve("bad")));
      assertThatThrownBy(() -> slices.run(works, (work, count) -> true, NEVER))
          .isInstanceOf(BadInputException.class)
          .hasMessage("other images");
    }
  }

  @Test
  void run_executorIsKilledInTheMiddle_goesOnFromTheLastSlice() throws Exception {
    SparkConf settings = SmallCluster.settings(2, folder).set("spark.espalier.slice", "200ms");
    List<ProcessHandle> killed = new ArrayList<>();
    try (JavaSparkContext spark = new JavaSparkContext(settings);
        SparkSlices slices = open(spark)) {
      boolean finished =
          slices.run(
              works(2, new Counting(300)),
              (work, count) -> {
                if (killed.isEmpty()) {
                  ProcessHandle executor =
                      ProcessHandle.current().children().findAny().orElseThrow();
                  executor.destroyForcibly();
                  killed.add(executor);
                }
                return count < 300;
              },
              NEVER);
      assertThat(finished).isTrue();
    }
    assertThat(killed).hasSize(1);
    assertThat(count(0) + count(1)).isEqualTo(600);
  }

  private JavaSparkContext local(String slice) {
    return new JavaSparkContext(
        new SparkConf()
            .setAppName("slices")
            .setMaster("local[2]")
            .set("spark.ui.enabled", "false")
            .set("spark.local.dir", folder.toString())
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.espalier.slice", slice));
  }

  private SparkSlices open(JavaSparkContext spark) {
    return SparkSlices.open(spark, images, new WorkersObserver() {}, () -> {});
  }

  private List<FolderWork<Integer>> works(int number, SlicedWork<Integer> work) {
    return IntStream.range(0, number)
        .mapToObj(i -> new FolderWork<>(work, folder.resolve("work-" + i)))
        .toList();
  }

  private int count(int work) {
    return read(folder.resolve("work-" + work).resolve("count"));
  }

  private static int read(Path file) {
    try {
      return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Counts slowly, in a file. */
  private record Counting(int to) implements SlicedWork<Integer> {

    @Override
    public Integer slice(ContentFile dataset, Path place, BooleanSupplier pause) {
      int count = read(place.resolve("count"));
      try {
        assertThat(Files.readString(dataset.path())).isEqualTo("3");
        while (count < to && !pause.getAsBoolean()) {
          count++;
          if (count == 1) {
            COUNTING.incrementAndGet();
          }
          Thread.sleep(3);
        }
        Files.writeString(place.resolve("count"), Integer.toString(count));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return count;
    }
  }

  /** Counts, and loses its worker sometimes. */
  private record Lossy() implements SlicedWork<Integer> {

    @Override
    public Integer slice(ContentFile dataset, Path place, BooleanSupplier pause) {
      if (LOSSES.getAndDecrement() > 0) {
        // Not a task's own failure, which is an exception and is told.
        throw new AssertionError("no memory");
      }
      return new Counting(50).slice(dataset, place, pause);
    }
  }
}
