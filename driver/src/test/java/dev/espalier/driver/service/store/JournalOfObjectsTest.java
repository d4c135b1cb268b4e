package dev.espalier.driver.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Plans;
import dev.espalier.driver.app.search.SearchFolder;
import dev.espalier.driver.journal.OpenDisk;
import dev.espalier.driver.journal.QueuePool;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.journal.FencedException;
import dev.espalier.search.journal.Journal;
import dev.espalier.search.run.SearchListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Searches whose journal is a folder of objects, broken off at every write. */
class JournalOfObjectsTest {

  private static final JobPlan PLAN = Plans.of(Plans.SMALL);

  @Test
  void run_brokenOffAtEveryWrite_losesNothingAcknowledgedAndEndsTheSame() {
    MemoryFolder whole = new MemoryFolder();
    FailingFolder counted = new FailingFolder(whole, Integer.MAX_VALUE, false);
    List<Trial> unbroken = run(counted, new ArrayList<>());
    int writes = counted.writes();

    assertThat(unbroken).hasSize(60);
    assertThat(writes).isGreaterThan(20);
    for (int at = 0; at < writes; at++) {
      for (boolean done : new boolean[] {false, true}) {
        MemoryFolder folder = new MemoryFolder();
        List<Evaluation> acknowledged = new ArrayList<>();
        FailingFolder failing = new FailingFolder(folder, at, done);
        try {
          run(failing, acknowledged);
        } catch (RuntimeException e) {
          assertThat(e).hasStackTraceContaining("the power is out");
        }

        assertThat(kept(folder)).as("write %d", at).containsAll(structures(acknowledged));
        assertThat(run(folder, new ArrayList<>())).as("write %d", at).isEqualTo(unbroken);
      }
    }
  }

  @Test
  void append_anotherHasOpenedTheJournal_isRefused() throws Exception {
    MemoryFolder folder = new MemoryFolder();
    List<Evaluation> some = new ArrayList<>();
    run(new MemoryFolder(), some);
    try (OpenDisk disk = folder.disk();
        OpenDisk other = folder.disk()) {
      Journal first = Journal.open(disk, "job");
      first.append(some);
      Journal second = Journal.open(other, "job");

      assertThat(second.epoch()).isGreaterThan(first.epoch());
      assertThatThrownBy(() -> first.append(some)).isInstanceOf(FencedException.class);
      second.append(some);
    }
  }

  private static List<String> structures(List<Evaluation> evaluations) {
    return evaluations.stream().map(one -> one.candidate().structure().digest()).toList();
  }

  /** What a search that is resumed knows, in its trials or still in flight. */
  private static List<String> kept(Folder folder) {
    var state = SearchFolder.searched(PLAN, folder).read().state();
    List<String> kept = new ArrayList<>();
    state.history().trials().forEach(trial -> kept.add(trial.structure().digest()));
    state.inFlight().stream()
        .filter(one -> one.outcome().isPresent())
        .forEach(one -> kept.add(one.candidate().structure().digest()));
    return kept;
  }

  private static List<Trial> run(Folder folder, List<Evaluation> acknowledged) {
    SearchListener listener =
        new SearchListener() {
          @Override
          public void returned(Evaluation evaluation) {
            acknowledged.add(evaluation);
          }
        };
    return SearchFolder.searched(PLAN, folder)
        .run("some identity", () -> {}, new QueuePool(3), listener, () -> false)
        .state()
        .history()
        .trials();
  }
}
