package dev.espalier.search.run;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.journal.Checkpoint;
import dev.espalier.search.journal.CheckpointStore;
import dev.espalier.search.journal.Disk;
import dev.espalier.search.journal.JournalDamagedException;
import dev.espalier.search.journal.JournalReader;
import dev.espalier.search.journal.JournalRecord;
import java.io.IOException;
import java.util.Optional;

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
    Point<S> from = checkpoint(listener).orElseGet(() -> new Point<>(0, search.start()));
    Optional<JournalReader> journal = JournalReader.open(disk);
    return journal.isPresent() ? replay(from, journal.get()) : from.state();
  }

  /** Keeps a state that knows the journal's records up to one of them. */
  public void save(long sequence, SearchState<S> state) throws IOException {
    new CheckpointStore(disk).save(new Checkpoint(sequence, codec.encode(state)));
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
    SearchState<S> state = from.state();
    for (var entry = journal.next(); entry.isPresent(); entry = journal.next()) {
      if (entry.get().sequence() > from.sequence()
          && entry.get().record() instanceof JournalRecord.Returned returned) {
        for (Evaluation evaluation : returned.evaluations()) {
          state = search.step(state, new Event.Returned(evaluation)).state();
        }
      }
    }
    if (journal.sequence() < from.sequence()) {
      throw new JournalDamagedException(
          JournalReader.FILE,
          journal.offset(),
          "it ends with record %d, but a checkpoint knows record %d"
              .formatted(journal.sequence(), from.sequence()));
    }
    return state;
  }
}
