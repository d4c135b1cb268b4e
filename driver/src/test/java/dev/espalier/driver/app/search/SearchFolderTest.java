package dev.espalier.driver.app.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Plans;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.run.SearchListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchFolderTest {

  private static final int WHOLE = Integer.MAX_VALUE;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"metapruning", "nsga2", "random"})
  void run_brokenOffTwiceAndResumed_endsInSameTrialsAsUnbroken(String strategy) {
    JobPlan plan =
        Plans.of(Plans.SMALL.replace("budget: 60", "budget: 60\n  strategy: " + strategy));
    List<Trial> unbroken = run(plan, folder.resolve("whole"), WHOLE).state().history().trials();
    for (int results : new int[] {13, 22}) {
      assertThatThrownBy(() -> run(plan, folder.resolve("broken"), results))
          .hasMessage("the power is out");
    }

    SearchFolder.Result resumed = run(plan, folder.resolve("broken"), WHOLE);

    assertThat(unbroken).hasSize(60);
    assertThat(resumed.finished()).isTrue();
    assertThat(resumed.state().history().trials()).isEqualTo(unbroken);
  }

  @Test
  void run_anyTrial_meetsConstraints() {
    JobPlan plan = Plans.of(Plans.SMALL);
    long half = plan.full().macs() / 2;

    assertThat(run(plan, folder, WHOLE).state().history().trials())
        .allSatisfy(trial -> assertThat(trial.costs().macs()).isLessThanOrEqualTo(half));
  }

  @Test
  void random_sameJob_drawsOtherStructuresThanTheSearch() {
    JobPlan plan = Plans.of(Plans.SMALL);
    List<Trial> searched = run(plan, folder, WHOLE).state().history().trials();
    List<Trial> random =
        SearchFolder.random(plan, Folder.of(folder))
            .run(
                "some identity", () -> {}, new WidthPool(WHOLE), SearchListener.SILENT, () -> false)
            .state()
            .history()
            .trials();

    assertThat(random).hasSize(12);
    assertThat(random)
        .extracting(Trial::structure)
        .doesNotContainAnyElementsOf(searched.stream().map(Trial::structure).toList());
  }

  @Test
  void results_brokenOffAndCompacted_areAllWithTheirTimes() {
    JobPlan plan = Plans.of(Plans.SMALL);
    assertThat(SearchFolder.results(Folder.of(folder.resolve("absent")))).isEmpty();
    assertThatThrownBy(() -> run(plan, folder, 20)).hasMessage("the power is out");
    assertThat(SearchFolder.results(Folder.of(folder))).hasSize(20);

    run(plan, folder, WHOLE);

    assertThat(SearchFolder.results(Folder.of(folder)))
        .hasSize(60)
        .allMatch(result -> result.elapsed().equals(Duration.ofMillis(1)));
  }

  @Test
  void read_whileStopped_showsWhatIsThere() {
    JobPlan plan = Plans.of(Plans.SMALL);
    assertThatThrownBy(() -> run(plan, folder, 20)).hasMessage("the power is out");

    SearchFolder.Result read = SearchFolder.searched(plan, Folder.of(folder)).read();

    assertThat(read.finished()).isFalse();
    assertThat(read.state().history().size()).isBetween(1, 20);
  }

  @Test
  void run_otherInputs_isRefusedNamingBoth() {
    JobPlan plan = Plans.of(Plans.SMALL);
    run(plan, folder, WHOLE);

    assertThatThrownBy(
            () ->
                SearchFolder.searched(plan, Folder.of(folder))
                    .run(
                        "another",
                        () -> {},
                        new WidthPool(WHOLE),
                        SearchListener.SILENT,
                        () -> false))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("some identity")
        .hasMessageContaining("another");
  }

  @Test
  void repair_damagedJournal_keepsAllThatACheckpointKnowsAndEndsTheSame() throws IOException {
    JobPlan plan = Plans.of(Plans.SMALL);
    List<Trial> unbroken = run(plan, folder.resolve("whole"), WHOLE).state().history().trials();
    Path broken = folder.resolve("broken");
    run(plan, broken, WHOLE);
    Path journal = only(broken, "journal-");
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length / 2] ^= 1;
    Files.write(journal, bytes);

    assertThat(SearchFolder.check(Folder.of(broken)).orElseThrow().trouble())
        .hasValueSatisfying(
            trouble -> assertThat(trouble).contains("journal-", "is damaged at byte"));
    assertThatThrownBy(() -> run(plan, broken, WHOLE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is damaged at byte")
        .hasMessageContaining("espalier journal verify");

    assertThat(SearchFolder.searched(plan, Folder.of(broken)).repair("some identity").kept())
        .isEqualTo(60);
    assertThat(SearchFolder.check(Folder.of(broken)).orElseThrow().trouble()).isEmpty();
    assertThat(run(plan, broken, WHOLE).state().history().trials()).isEqualTo(unbroken);
    assertThat(only(broken, "damaged-")).hasBinaryContent(bytes);
  }

  @Test
  void run_journalGoneButACheckpointThere_isRefused() throws IOException {
    JobPlan plan = Plans.of(Plans.SMALL);
    run(plan, folder, WHOLE);
    Files.delete(only(folder, "journal-"));

    assertThatThrownBy(() -> run(plan, folder, WHOLE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("it is missing, but a checkpoint is there");
  }

  private static Path only(Path folder, String prefix) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .collect(Collectors.collectingAndThen(Collectors.toList(), found -> found.get(0)));
    }
  }

  private static SearchFolder.Result run(JobPlan plan, Path folder, int results) {
    return SearchFolder.searched(plan, Folder.of(folder))
        .run("some identity", () -> {}, new WidthPool(results), SearchListener.SILENT, () -> false);
  }
}
