package dev.espalier.driver.app.search;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Strategies;
import dev.espalier.driver.journal.KryoStateCodec;
import dev.espalier.driver.journal.OpenDisk;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.journal.JournalCheck;
import dev.espalier.search.journal.JournalReader;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.run.SavedSearch;
import dev.espalier.search.run.Search;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.run.SearchLoop;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.strategy.RandomSearch;
import dev.espalier.search.strategy.SearchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One search of a job and the folder that holds its journal and checkpoints.
 *
 * @param plan the job
 * @param name of its random streams
 * @param strategy what proposes
 * @param budget structures to evaluate
 * @param folder where it is kept
 * @param <S> the strategy's state
 */
public record SearchFolder<S>(
    JobPlan plan, String name, SearchStrategy<S> strategy, int budget, Folder folder) {

  /** Name of the search that a job asks for. */
  public static final String SEARCH = "search";

  /** Name of the random baseline, and of its folder below the search's. */
  public static final String RANDOM = "random";

  /** The search that a job asks for. */
  public static SearchFolder<?> searched(JobPlan plan, Folder journal) {
    return new SearchFolder<>(
        plan, SEARCH, Strategies.of(plan), plan.spec().search().budget(), journal);
  }

  /** The baseline: as many random structures, drawn apart from the search's own. */
  public static SearchFolder<?> random(JobPlan plan, Folder journal) {
    int asked = plan.spec().confirmation().random();
    return new SearchFolder<>(
        plan,
        RANDOM,
        new RandomSearch(plan.domain()),
        asked == 0 ? plan.spec().search().budget() : asked,
        journal.folder(RANDOM));
  }

  /**
   * Runs until it is finished or asked to stop, from wherever it was.
   *
   * @param identity digests of all that the scores depend on
   * @param opened told as soon as there is a journal, before the first result
   */
  public Result run(
      String identity,
      Runnable opened,
      EvaluationPool pool,
      SearchListener listener,
      BooleanSupplier stop) {
    try (OpenDisk disk = folder.disk()) {
      Journal journal = Journal.open(disk, identity);
      opened.run();
      SavedSearch<S> saved = saved(disk);
      SearchState<S> state = new SearchLoop<>(saved, journal, pool, listener, stop).run();
      return new Result(state, saved.search().finished(state));
    } catch (IOException e) {
      throw told(folder, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the search was interrupted", e);
    }
  }

  /** Whether its journal is there; changes nothing. */
  public boolean exists() {
    if (!folder.exists()) {
      return false;
    }
    try (OpenDisk disk = folder.readOnlyDisk()) {
      return JournalReader.open(disk).isPresent();
    } catch (IOException e) {
      throw told(folder, e);
    }
  }

  /** What it has found so far; changes nothing, also while it runs. */
  public Result read() {
    try (OpenDisk disk = folder.readOnlyDisk()) {
      SavedSearch<S> saved = saved(disk);
      SearchState<S> state =
          folder.exists() ? saved.restore(SearchListener.SILENT) : saved.search().start();
      return new Result(state, saved.search().finished(state));
    } catch (IOException e) {
      throw told(folder, e);
    }
  }

  /** All results in a folder's journal, in the order of arrival; changes nothing. */
  public static List<Evaluation> results(Folder folder) {
    List<Evaluation> results = new ArrayList<>();
    if (folder.exists()) {
      try (OpenDisk disk = folder.readOnlyDisk()) {
        Optional<JournalReader> journal = JournalReader.open(disk);
        if (journal.isPresent()) {
          journal.get().replay(-1, results::add);
        }
      } catch (IOException e) {
        throw told(folder, e);
      }
    }
    return results;
  }

  /** What the files in a folder are worth; changes nothing. Empty if there is no such folder. */
  public static Optional<JournalCheck> check(Folder folder) {
    if (!folder.exists()) {
      return Optional.empty();
    }
    try (OpenDisk disk = folder.readOnlyDisk()) {
      return Optional.of(JournalCheck.of(disk));
    } catch (IOException e) {
      throw told(folder, e);
    }
  }

  /**
   * Makes a journal of whatever can still be read; the caller owns the job.
   *
   * @param identity as for {@link #run}
   */
  public SavedSearch.Repaired repair(String identity) {
    try (OpenDisk disk = folder.disk()) {
      return saved(disk).repair(identity, SearchListener.SILENT);
    } catch (IOException e) {
      throw told(folder, e);
    }
  }

  /** Damage is for people to look at, anything else is the disk's. */
  private static RuntimeException told(Folder folder, IOException e) {
    return e instanceof JournalDamagedException
        ? new BadInputException(
            "in %s, %s. Maybe see what can be kept with 'espalier journal verify'?"
                .formatted(folder, e.getMessage()),
            e)
        : new UncheckedIOException(e);
  }

  private SavedSearch<S> saved(OpenDisk disk) {
    Search<S> search =
        new Search<>(
            strategy,
            plan.costs(),
            plan.objectives(),
            plan.streams().part(name),
            budget,
            plan.spec().search().window());
    return new SavedSearch<>(search, disk, new KryoStateCodec<>(plan.objectives()));
  }

  /**
   * Where a search stands.
   *
   * @param state what it knows
   * @param finished whether nothing more is to come
   */
  public record Result(SearchState<?> state, boolean finished) {}
}
