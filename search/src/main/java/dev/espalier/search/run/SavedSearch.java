package dev.espalier.search.run;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.journal.Checkpoint;
import dev.espalier.search.journal.CheckpointStore;
import dev.espalier.search.journal.Disk;
import dev.espalier.search.journal.JournalReader;
import dev.espalier.search.journal.JournalRepair;
import dev.espalier.search.journal.format.JournalDamagedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A search as it lies on disk. Its state is the newest checkpoint that can be read and every later
 * record of the journal; reading it changes nothing, so one may look into a search that runs.
 *
 * @param search the search
 * @param disk the folder of its journal and checkpoints
 * @param codec reads and writes states
 * @param <S> the strategy's state
 */
public record SavedSearch<S>(Search<S> search, Disk disk, StateCodec<S> codec) {

  private record Point<S>(long sequence, SearchState<S> state) {}

  /**
   * The state that the search had reached.
   *
   * @param listener hears of checkpoints that cannot be used
   * @throws JournalDamagedException if the journal lacks what was acknowledged once
   */
  public SearchState<S> restore(SearchListener listener) throws IOException {
    // The checkpoint first: a journal that is being written is then never behind it.
    Point<S> from = checkpoint(listener).orElseGet(() -> new Point<>(-1, search.start()));
    Optional<JournalReader> journal = JournalReader.open(disk);
    return journal.isPresent() ? replay(from, journal.get()) : from.state();
  }

  /** Keeps a state that knows the journal's records up to one of them. */
  public void save(long sequence, SearchState<S> state) throws IOException {
    new CheckpointStore(disk).save(new Checkpoint(sequence, codec.encode(state)));
  }

  /**
   * Makes a journal of whatever can still be read of the files and of the newest checkpoint. A
   * result whose candidate is not proposed before a lost one is evaluated again is left out.
   *
   * @param identity what the search is made of
   * @param listener hears of checkpoints that cannot be used
   */
  public Repaired repair(String identity, SearchListener listener) throws IOException {
    Optional<Point<S>> point = checkpoint(listener);
    SearchState<S> state = point.map(Point::state).orElseGet(search::start);
    List<Evaluation> kept = new ArrayList<>();
    for (Trial trial : state.history().trials()) {
      kept.add(known(trial.candidate(), trial.outcome()));
    }
    for (InFlight one : state.inFlight()) {
      one.outcome().ifPresent(outcome -> kept.add(known(one.candidate(), outcome)));
    }
    JournalRepair repair = JournalRepair.begin(disk, identity);
    for (Evaluation result : repair.results()) {
      if (search.isInFlight(state, result.candidate()) && search.counts(state, result)) {
        state = search.step(state, new Event.Returned(result)).state();
        kept.add(result);
      }
    }
    repair.finish(kept);
    return new Repaired(kept.size(), repair.setAside());
  }

  /**
   * What a repair came to.
   *
   * @param kept results in the new journal
   * @param setAside names under which the old files are kept
   */
  public record Repaired(int kept, List<String> setAside) {}

  /** A state does not keep how long an evaluation took. */
  private static Evaluation known(Candidate candidate, Outcome outcome) {
    return new Evaluation(candidate, outcome, Duration.ZERO, 0);
  }

  private Optional<Point<S>> checkpoint(SearchListener listener) throws IOException {
    CheckpointStore store = new CheckpointStore(disk);
    for (String file : store.newestFirst()) {
      try {
        Checkpoint checkpoint = store.read(file);
        return Optional.of(new Point<>(checkpoint.sequence(), codec.decode(checkpoint.state())));
      } catch (IOException e) {
        listener.checkpointSkipped(file, String.valueOf(e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private SearchState<S> replay(Point<S> from, JournalReader journal) throws IOException {
    Replay replay = new Replay(from.state());
    journal.replay(from.sequence(), replay);
    return replay.state;
  }

  /** Takes results one by one. */
  private final class Replay implements Consumer<Evaluation> {
    private SearchState<S> state;

    Replay(SearchState<S> state) {
      this.state = state;
    }

    @Override
    public void accept(Evaluation evaluation) {
      state = search.step(state, new Event.Returned(evaluation)).state();
    }
  }
}
