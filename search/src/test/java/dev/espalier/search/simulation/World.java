package dev.espalier.search.simulation;

import dev.espalier.search.attempt.RetryingPool;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.journal.FencedException;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.run.SavedSearch;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.run.SearchLoop;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.simulation.Fault.Kind;
import dev.espalier.search.simulation.Fault.Part;
import dev.espalier.search.strategy.Generations;
import dev.espalier.search.strategy.MetaPruningEvolution;
import dev.espalier.search.strategy.NsgaII;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A whole search in one thread: engine, journal, disk, workers and score store in virtual time,
 * under a {@link Schedule}. The process is begun anew as often as it dies or is stopped, until the
 * search is finished, and must end as if nothing had happened.
 */
public final class World {

  private static final int SEGMENT_BYTES = 250;
  private static final int CHECKPOINT_EVERY = 6;
  private static final Duration FOR_EVER = Duration.ofDays(1);

  private final Schedule schedule;
  private final Search<Generations> search;
  private final Faults diskFaults;
  private final Faults attemptFaults;
  private final Faults storeFaults;
  private final Faults loopFaults;
  private final SimulatedWorkers workers;
  private final Witness witness;
  private final MemoryCodec<Generations> codec = new MemoryCodec<>();
  private final RandomGenerator survival;
  private MemoryDisk disk;
  private boolean stopping;

  private World(Schedule schedule) {
    this.schedule = schedule;
    this.search = search(schedule.searchSeed());
    this.loopFaults = schedule.of(Part.LOOP);
    this.survival = schedule.random("survival");
    this.diskFaults = schedule.of(Part.DISK);
    this.attemptFaults = schedule.of(Part.ATTEMPT);
    this.storeFaults = schedule.of(Part.STORE);
    this.disk = MemoryDisk.failing(() -> diskFaults.next().map(World::of));
    this.workers =
        new SimulatedWorkers(
            1 + (int) (schedule.faultSeed() % 4),
            attemptFaults,
            new SimulatedStore(storeFaults),
            schedule.random("workers"));
    this.witness = new Witness(search.budget(), disk);
  }

  /**
   * What came of a schedule.
   *
   * @param broken the promise that was broken, if one was
   * @param met the faults that really happened: some may lie behind the end of the search
   */
  record Play(Optional<String> broken, Set<Kind> met) {}

  /** Plays a schedule. */
  static Play play(Schedule schedule) {
    World world = new World(schedule);
    Optional<String> broken = world.broken();
    Set<Kind> met = EnumSet.noneOf(Kind.class);
    Stream.of(world.diskFaults, world.attemptFaults, world.storeFaults, world.loopFaults)
        .forEach(faults -> met.addAll(faults.met()));
    return new Play(broken, met);
  }

  private Optional<String> broken() {
    try {
      live();
      return Optional.empty();
    } catch (Violation e) {
      return Optional.ofNullable(e.getMessage());
    } catch (RuntimeException | IOException | InterruptedException e) {
      return Optional.of("unexpected " + e);
    }
  }

  /** What a search finds when nothing goes wrong: structures in order, with their scores. */
  static List<String> expected(long searchSeed) {
    return trace(Simulation.finish(search(searchSeed), ToyProblem::outcome));
  }

  /** A small search, of one strategy or the other. */
  private static Search<Generations> search(long seed) {
    int budget = 24 + (int) (seed % 3) * 8;
    int window = 2 + (int) (seed % 5);
    return Simulation.search(
        seed % 2 == 0
            ? new MetaPruningEvolution(
                ToyProblem.halfOfTheMacs(), new SearchSpec.MetaPruning(8, 3, 3, 3, 0.1))
            : new NsgaII(
                ToyProblem.halfOfTheMacs(),
                ToyProblem.OBJECTIVES,
                new SearchSpec.Nsga2(8, 0.9, 0.1)),
        seed,
        budget,
        window);
  }

  private void live() throws IOException, InterruptedException {
    boolean finished = false;
    for (int lives = 0; !finished; lives++) {
      Violation.unless(lives <= schedule.faults().size(), "%d lives were not enough", lives);
      finished = liveOnce();
      witness.requireDurable();
    }
    SearchState<Generations> end = saved().restore(SearchListener.SILENT);
    Violation.unless(search.finished(end), "what is on disk at the end is not the end");
    Violation.unless(
        trace(end).equals(expected(schedule.searchSeed())), "the search found something else");
    Violation.unless(
        Witness.journaled(disk).stream()
            .sorted()
            .toList()
            .equals(LongStream.range(0, end.told()).boxed().toList()),
        "the journal has other results than one for each candidate");
  }

  private boolean liveOnce() throws IOException, InterruptedException {
    stopping = false;
    witness.repossess();
    workers.abandon();
    try {
      return search.finished(loop(new Turns(workers)).run());
    } catch (FencedException e) {
      Violation.unless(witness.isDispossessed(), "nobody took over, but: %s", e);
      witness.repossess();
      return true;
    } catch (PowerLoss e) {
      disk = disk.afterPowerLoss(survival);
      witness.moved(disk);
      return false;
    } catch (Killed | InjectedIoException e) {
      return false;
    }
  }

  private SearchLoop<Generations> loop(EvaluationPool pool) throws IOException {
    Journal journal = Journal.open(disk, "toy", SEGMENT_BYTES);
    return new SearchLoop<>(saved(), journal, pool, witness, () -> stopping, CHECKPOINT_EVERY);
  }

  /** Another process opens the search and finishes it, while this one does not notice. */
  private void takeOver() throws InterruptedException {
    SimulatedWorkers others =
        new SimulatedWorkers(
            2, Faults.none(), new SimulatedStore(Faults.none()), schedule.random("takeover"));
    try {
      Violation.unless(
          search.finished(loop(reliable(others)).run()), "the new owner did not finish");
    } catch (IOException e) {
      // The new owner died of a fault of the disk; this one goes with it.
      throw e instanceof InjectedIoException ? new Killed() : new UncheckedIOException(e);
    }
    witness.dispossess();
  }

  private EvaluationPool reliable(SimulatedWorkers some) {
    return new RetryingPool(some, some, SimulatedWorkers.longest(search.window()));
  }

  /** The pool of a life, with what happens to the loop on its way. */
  private final class Turns implements EvaluationPool {
    private final EvaluationPool pool;
    private List<Evaluation> last = List.of();

    Turns(SimulatedWorkers workers) {
      this.pool = reliable(workers);
    }

    @Override
    public void submit(List<Candidate> candidates) {
      pool.submit(candidates);
    }

    @Override
    public List<Evaluation> take(Duration limit) throws InterruptedException {
      Violation.unless(workers.now().compareTo(FOR_EVER) < 0, "the search hangs");
      Optional<Kind> fault = loopFaults.next();
      if (fault.equals(Optional.of(Kind.LOOP_STOP))) {
        stopping = true;
      } else if (fault.equals(Optional.of(Kind.LOOP_TAKEOVER)) && !stopping) {
        takeOver();
      }
      List<Evaluation> taken = new ArrayList<>(pool.take(limit));
      taken.addAll(fault.equals(Optional.of(Kind.LOOP_REPEAT)) ? last : List.of());
      last = List.copyOf(taken);
      return taken;
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  private SavedSearch<Generations> saved() {
    return new SavedSearch<>(search, disk, codec);
  }

  private static List<String> trace(SearchState<?> state) {
    return state.history().trials().stream().map(World::words).toList();
  }

  /** Why a structure failed may depend on which of its attempts was the last. */
  private static String words(Trial trial) {
    return trial.structure() + (trial.scored() ? " " + trial.score() : " failed");
  }

  private static DiskFault of(Kind kind) {
    return DiskFault.valueOf(kind.name().substring("DISK_".length()));
  }
}
