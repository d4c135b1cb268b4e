package dev.espalier.driver.app.search;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.journal.JournalCheck;
import dev.espalier.search.run.SavedSearch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The journals of a job by the name of their search: the job's own, and the random baseline. */
public final class JobJournals {

  private JobJournals() {}

  /** Reads every byte of them and changes nothing, also while the job runs. */
  public static Map<String, JournalCheck> verify(JobFolder job) {
    Map<String, JournalCheck> found = new LinkedHashMap<>();
    Folder journal = job.search();
    SearchFolder.check(journal).ifPresent(check -> found.put(SearchFolder.SEARCH, check));
    SearchFolder.check(journal.folder(SearchFolder.RANDOM))
        .ifPresent(check -> found.put(SearchFolder.RANDOM, check));
    return found;
  }

  /**
   * Keeps whatever can be read of those that cannot be resumed.
   *
   * @throws BadInputException if the job runs
   */
  public static Map<String, SavedSearch.Repaired> repair(JobFolder job, JobPlan plan) {
    Optional<ProcessLock> lock = ProcessLock.take(job.local().orElseThrow().lock());
    if (lock.isEmpty()) {
      throw new BadInputException("job %s is running: its journal is in use".formatted(job.id()));
    }
    try (ProcessLock mine = lock.get()) {
      String identity = job.record().identity();
      Map<String, SavedSearch.Repaired> repaired = new LinkedHashMap<>();
      verify(job)
          .forEach(
              (name, check) -> {
                if (check.trouble().isPresent()) {
                  repaired.put(name, folder(job, plan, name).repair(identity));
                }
              });
      return repaired;
    }
  }

  private static SearchFolder<?> folder(JobFolder job, JobPlan plan, String name) {
    return name.equals(SearchFolder.RANDOM)
        ? SearchFolder.random(plan, job.search())
        : SearchFolder.searched(plan, job.search());
  }
}
