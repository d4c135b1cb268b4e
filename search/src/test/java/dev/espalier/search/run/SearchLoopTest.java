package dev.espalier.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.journal.JournalReader;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.simulation.MemoryCodec;
import dev.espalier.search.simulation.MemoryDisk;
import dev.espalier.search.simulation.MemoryDisk.Survival;
import dev.espalier.search.simulation.PowerLoss;
import dev.espalier.search.simulation.SimulatedPool;
import dev.espalier.search.simulation.Simulation;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.strategy.Generations;
import dev.espalier.search.strategy.MetaPruningEvolution;
import dev.espalier.search.strategy.NsgaII;
import dev.espalier.search.strategy.SearchStrategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchLoopTest {

  private static final SearchStrategy<Generations> EVOLUTION =
      new MetaPruningEvolution(
          ToyProblem.halfOfTheMacs(), new SearchSpec.MetaPruning(20, 5, 10, 10, 0.1));
  private static final SearchStrategy<Generations> NSGA_II =
      new NsgaII(
          ToyProblem.halfOfTheMacs(), ToyProblem.OBJECTIVES, new SearchSpec.Nsga2(20, 0.9, 0.1));

  private static SimulatedPool pool(int workers, double duplicates, long faultSeed) {
    return new SimulatedPool(
        workers,
        duplicates,
        ToyProblem::outcome,
        new RandomStreams(faultSeed).stream("completion", 0));
  }

  private static List<Trial> trace(Search<Generations> search) {
    return Simulation.finish(search, ToyProblem::outcome).history().trials();
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "2,3", "7,4", "7,5", "7,6"})
  void run_anyWorkersAndOrder_givesTheSameTrace(int workers, long faultSeed) throws Exception {
    for (SearchStrategy<Generations> strategy : List.of(EVOLUTION, NSGA_II)) {
      Search<Generations> search = Simulation.search(strategy, 1, 120, 8);
      SearchState<Generations> end =
          Simulation.run(
              search, MemoryDisk.reliable(), new MemoryCodec<>(), pool(workers, 0, faultSeed));

      assertThat(end.history().trials()).isEqualTo(trace(search));
    }
  }

  @Test
  void run_resultsReturnedTwice_areJournaledAndCountedOnce() throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 2, 120, 8);
    MemoryDisk disk = MemoryDisk.reliable();
    SearchState<Generations> end =
        Simulation.run(search, disk, new MemoryCodec<>(), pool(5, 0.7, 1));

    assertThat(end.history().trials()).isEqualTo(trace(search));
    assertThat(journaled(disk)).hasSize(120).doesNotHaveDuplicates();
  }

  @Test
  void run_manyWorkers_areAllBusy() throws Exception {
    SimulatedPool pool = pool(4, 0, 1);
    Simulation.run(
        Simulation.search(EVOLUTION, 2, 120, 8), MemoryDisk.reliable(), new MemoryCodec<>(), pool);

    assertThat(pool.mostWaiting()).isEqualTo(8);
    assertThat(pool.submitted()).isEqualTo(120);
  }

  @ParameterizedTest
  @EnumSource(Survival.class)
  void run_powerLostAtEveryWrite_resumesToTheSameTrace(Survival survival) throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 3, 60, 6);
    List<Trial> expected = trace(search);
    MemoryDisk whole = MemoryDisk.reliable();
    Simulation.run(search, whole, new MemoryCodec<>(), pool(3, 0.2, 9));
    for (long writes = 0; writes < whole.writes(); writes++) {
      MemoryCodec<Generations> codec = new MemoryCodec<>();
      MemoryDisk disk = MemoryDisk.losingPowerAfter(writes);
      Acknowledged acknowledged = new Acknowledged();
      assertThatExceptionOfType(PowerLoss.class)
          .isThrownBy(() -> run(search, disk, codec, pool(3, 0.2, 9), acknowledged));

      MemoryDisk found = disk.afterPowerLoss(survival);
      assertThat(journaled(found)).containsAll(acknowledged.indices);
      SearchState<Generations> end = Simulation.run(search, found, codec, pool(2, 0, writes));
      assertThat(end.history().trials()).as("%d writes", writes).isEqualTo(expected);
      assertThat(journaled(found)).hasSize(60).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 58})
  void run_stoppedAndResumed_goesOnFromTheCheckpoint(int told) throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 4, 60, 6);
    MemoryDisk disk = MemoryDisk.reliable();
    MemoryCodec<Generations> codec = new MemoryCodec<>();
    Recorder first = new Recorder();
    SearchState<Generations> stopped =
        new SearchLoop<>(
                new SavedSearch<>(search, disk, codec),
                Journal.open(disk, "toy"),
                pool(3, 0, 1),
                first,
                () -> first.told >= told)
            .run();
    assertThat(search.finished(stopped)).isFalse();

    Recorder second = new Recorder();
    SimulatedPool pool = pool(3, 0, 2);
    SearchState<Generations> end = run(search, disk, codec, pool, second);

    assertThat(second.from).isEqualTo(stopped.told());
    assertThat(end.history().trials()).isEqualTo(trace(search));
    assertThat(first.told + second.told).isEqualTo(60);
    assertThat(pool.submitted()).isEqualTo(60 - stopped.asked() + stopped.unanswered().size());
  }

  @Test
  void run_finishedSearch_evaluatesNothing() throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 4, 30, 6);
    MemoryDisk disk = MemoryDisk.reliable();
    MemoryCodec<Generations> codec = new MemoryCodec<>();
    Simulation.run(search, disk, codec, pool(3, 0, 1));
    SimulatedPool pool = pool(3, 0, 1);

    assertThat(Simulation.run(search, disk, codec, pool).told()).isEqualTo(30);
    assertThat(pool.submitted()).isZero();
  }

  @Test
  void run_listener_hearsOfEveryTrialAndChangeOfTheFront() throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 5, 60, 6);
    Recorder recorder = new Recorder();
    SearchState<Generations> end =
        run(search, MemoryDisk.reliable(), new MemoryCodec<>(), pool(3, 0, 1), recorder);

    assertThat(recorder.told).isEqualTo(60);
    assertThat(recorder.returned).isEqualTo(60);
    assertThat(recorder.front).isNotNull();
    assertThat(recorder.front).isSameAs(end.front());
  }

  @Test
  void restore_damagedCheckpoints_fallsBackAndSaysSo() throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 6, 30, 6);
    MemoryDisk disk = MemoryDisk.reliable();
    MemoryCodec<Generations> codec = new MemoryCodec<>();
    SearchState<Generations> end = Simulation.run(search, disk, codec, pool(3, 0, 1));
    String checkpoint =
        disk.names().stream().filter(name -> name.startsWith("checkpoint")).findAny().orElseThrow();
    disk.put(checkpoint, new byte[100]);

    Recorder recorder = new Recorder();
    SearchState<Generations> restored = new SavedSearch<>(search, disk, codec).restore(recorder);

    assertThat(recorder.skipped).containsExactly(checkpoint);
    assertThat(restored.history().trials()).isEqualTo(end.history().trials());
  }

  @Test
  void restore_journalShorterThanACheckpoint_isRefused() throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 6, 30, 6);
    MemoryDisk disk = MemoryDisk.reliable();
    MemoryCodec<Generations> codec = new MemoryCodec<>();
    Simulation.run(search, disk, codec, pool(3, 0, 1));
    String segment =
        disk.names().stream().filter(name -> name.startsWith("journal")).findAny().orElseThrow();
    int size = disk.bytes(segment).length;
    disk.put(segment, Arrays.copyOf(disk.bytes(segment), size - 1));

    assertThatExceptionOfType(JournalDamagedException.class)
        .isThrownBy(() -> new SavedSearch<>(search, disk, codec).restore(SearchListener.SILENT))
        .withMessageContaining("but a checkpoint knows record");
  }

  @Test
  void repair_damagedJournal_goesOnToTheSameTrace() throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 7, 60, 6);
    MemoryDisk disk = MemoryDisk.reliable();
    MemoryCodec<Generations> codec = new MemoryCodec<>();
    Recorder first = new Recorder();
    new SearchLoop<>(
            new SavedSearch<>(search, disk, codec),
            Journal.open(disk, "toy"),
            pool(3, 0, 1),
            first,
            () -> first.told >= 30)
        .run();
    String segment =
        disk.names().stream().filter(name -> name.startsWith("journal")).findAny().orElseThrow();
    byte[] damaged = disk.bytes(segment);
    Arrays.fill(damaged, 100, 900, (byte) 0);
    disk.put(segment, damaged);
    SavedSearch<Generations> saved = new SavedSearch<>(search, disk, codec);
    assertThatExceptionOfType(JournalDamagedException.class)
        .isThrownBy(() -> saved.restore(SearchListener.SILENT));

    int known = saved.repair("toy", SearchListener.SILENT).kept();

    assertThat(known).as("a checkpoint knows them all").isEqualTo(first.returned);
    SearchState<Generations> end = Simulation.run(search, disk, codec, pool(2, 0, 5));
    assertThat(end.history().trials()).isEqualTo(trace(search));
    assertThat(journaled(disk)).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void repair_withoutACheckpoint_losesLittleAndEndsInTheSameTrace() throws Exception {
    Search<Generations> search = Simulation.search(EVOLUTION, 7, 60, 6);
    MemoryDisk whole = MemoryDisk.reliable();
    Simulation.run(search, whole, new MemoryCodec<>(), pool(3, 0, 1));
    String segment =
        whole.names().stream().filter(name -> name.startsWith("journal")).findAny().orElseThrow();
    int size = whole.bytes(segment).length;
    for (int place = 60; place < size; place += 40) {
      byte[] damaged = whole.bytes(segment);
      damaged[place] ^= 1;
      MemoryDisk disk = MemoryDisk.reliable();
      disk.put(segment, damaged);
      MemoryCodec<Generations> codec = new MemoryCodec<>();

      int kept = new SavedSearch<>(search, disk, codec).repair("toy", SearchListener.SILENT).kept();

      assertThat(kept).isLessThanOrEqualTo(60);
      assertThat(journaled(disk)).hasSize(kept);
      SearchState<Generations> end = Simulation.run(search, disk, codec, pool(2, 0, 5));
      assertThat(end.history().trials()).isEqualTo(trace(search));
      assertThat(journaled(disk)).hasSize(60).doesNotHaveDuplicates();
    }
  }

  private static SearchState<Generations> run(
      Search<Generations> search,
      MemoryDisk disk,
      StateCodec<Generations> codec,
      SimulatedPool pool,
      SearchListener listener)
      throws IOException, InterruptedException {
    return new SearchLoop<>(
            new SavedSearch<>(search, disk, codec),
            Journal.open(disk, "toy"),
            pool,
            listener,
            () -> false)
        .run();
  }

  /** The candidates that have a result in the journal, as often as they have one. */
  private static List<Long> journaled(MemoryDisk disk) throws IOException {
    List<Long> indices = new ArrayList<>();
    var reader = JournalReader.open(disk);
    if (reader.isPresent()) {
      reader.get().replay(-1, result -> indices.add(result.candidate().index()));
    }
    return indices;
  }

  /** What the engine has acknowledged. */
  private static final class Acknowledged implements SearchListener {
    private final List<Long> indices = new ArrayList<>();

    @Override
    public void returned(Evaluation evaluation) {
      indices.add(evaluation.candidate().index());
    }
  }

  private static final class Recorder implements SearchListener {
    private final List<String> skipped = new ArrayList<>();
    private long from;
    private int returned;
    private int told;
    private @Nullable ParetoArchive front;

    @Override
    public void checkpointSkipped(String file, String reason) {
      skipped.add(file);
    }

    @Override
    public void began(SearchState<?> state) {
      from = state.told();
    }

    @Override
    public void returned(Evaluation evaluation) {
      returned++;
    }

    @Override
    public void told(Trial trial) {
      told++;
    }

    @Override
    public void frontChanged(ParetoArchive changed) {
      front = changed;
    }
  }
}
