package dev.espalier.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.service.file.Json;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.report.Contender.Role;
import dev.espalier.search.report.Difference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobReportTest {

  private static final ScoreView HALF = ScoreView.of(new Scored(50, 100));
  private static final ScoreView MORE = ScoreView.of(new Scored(60, 100));
  private static final StructureView FIRST =
      new StructureView("aa", "1-2", 10, 0.5, 20, 80, 40, 10, 80);
  private static final StructureView SECOND =
      new StructureView("bb", "2-2", 12, 0.6, 20, 80, 40, 10, 80);

  private static final JobReport FOUND =
      new JobReport(
          "job-1",
          new JobReport.Made(
              "1", "cells", "k3e6 none", "nsga2", "some", 1, "", Map.of("pruningNet", "abc")),
          new JobReport.Effort(0, 0, 0, 0, Map.of()),
          FIRST,
          null,
          null,
          List.of(),
          List.of(),
          null);

  private static final JobReport SEARCHED =
      new JobReport(
          FOUND.id(),
          FOUND.made(),
          FOUND.effort(),
          FIRST,
          HALF,
          0.5,
          List.of(new TrialView(0, FIRST, HALF)),
          List.of(),
          null);

  private static final JobReport CONFIRMED =
      new JobReport(
          FOUND.id(),
          FOUND.made(),
          FOUND.effort(),
          FIRST,
          HALF,
          0.5,
          SEARCHED.front(),
          List.of(
              new ConfirmedView(Role.SEARCHED, FIRST, HALF, HALF, HALF),
              new ConfirmedView(Role.UNIFORM, SECOND, HALF, HALF, HALF),
              new ConfirmedView(Role.RANDOM, FIRST, HALF, HALF, HALF)),
          null);

  @Test
  void text_nothingSearched_saysWhatWasMade() {
    assertThat(FOUND.text())
        .contains("nothing was searched", "Architecture: k3e6 none", "PruningNet: abc")
        .doesNotContain("structures measured");
  }

  @Test
  void text_nothingConfirmed_saysSoBelowTheFront() {
    assertThat(SEARCHED.text())
        .contains("0 structures measured", "aa", "nothing was confirmed")
        .doesNotContain("searched  ");
  }

  @Test
  void structures_confirmedTwice_areGivenOnce() {
    assertThat(CONFIRMED.structures()).extracting(Object::toString).containsExactly("1-2", "2-2");
  }

  @Test
  void with_fineTuned_readsBackAndIsShown() {
    Difference difference = Difference.paired(new Difference.Pairs(50, 10, 0, 40));
    FineTunedReport tuned =
        FineTunedReport.of(
            List.of(
                new FineTunedView(FIRST, 3, HALF, MORE, MORE, MORE),
                new FineTunedView(SECOND, 3, HALF, HALF, HALF, HALF)),
            List.of(new ComparedView("aa", "bb", difference, difference, difference)));

    JobReport report = CONFIRMED.with(tuned, Map.of("finetuning", Duration.ofSeconds(3)));

    assertThat(report.text()).contains("Trained by themselves", "generated", "Kendall's tau");
    for (JobReport one : List.of(FOUND, SEARCHED, CONFIRMED, report)) {
      byte[] written = Json.text(one).getBytes(StandardCharsets.UTF_8);
      assertThat(Json.parse(written, "report.json", JobReport.class)).isEqualTo(one);
    }
  }
}
