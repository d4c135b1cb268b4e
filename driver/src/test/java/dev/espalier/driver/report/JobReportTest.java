package dev.espalier.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.report.page.Pages;
import dev.espalier.driver.service.file.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JobReportTest {

  private static final StructureView FULL = Pages.trial(3).structure();
  private static final JobReport.Effort EFFORT =
      new JobReport.Effort(4, 1, 2, 3, Map.of("searching", Duration.ofSeconds(5)));

  private static final UnprunedView UNPRUNED = UnprunedView.of(Pages.fineTuned(Pages.trial(0)));

  @Test
  void json_ofAReport_isReadBack() {
    JobReport report = report(List.of(Pages.fineTuned(Pages.trial(3))));

    assertThat(readBack(Json.text(report))).isEqualTo(report);
  }

  @Test
  void text_severalFineTuned_theBestByTheSelectionImagesIsNamedBesideTheUnprunedNetwork() {
    JobReport report =
        report(List.of(Pages.fineTuned(Pages.trial(4)), Pages.fineTuned(Pages.trial(2))));
    String best = Pages.trial(2).structure().id();

    assertThat(report.bestFineTuned()).isEqualTo(best);
    assertThat(Json.text(report)).contains("\"bestFineTuned\" : \"" + best + "\"");
    assertThat(report.text())
        .contains(
            best + " is best on the selection images and has ",
            " test images, -",
            " points against the unpruned network with ",
            "which may be chance");
  }

  @Test
  void json_withoutFineTunedStructures_isThatOfBeforeAndReadBack() {
    JobReport report = report(List.of());

    assertThat(Json.text(report)).doesNotContain("ineTuned", "unpruned");
    assertThat(readBack(Json.text(report))).isEqualTo(report);
  }

  @Test
  void text_fineTunedStructures_areShownIfThereAreAny() {
    assertThat(report(List.of(Pages.fineTuned(Pages.trial(3)))).text())
        .contains("After 3 epochs of training by themselves", "generated");
    assertThat(report(List.of()).text()).doesNotContain("epochs");
  }

  @Test
  void report_nothingSearched_saysWhatWasMadeAndIsReadBack() {
    JobReport report =
        new JobReport(
            "demo-1",
            made("k3e6 none"),
            EFFORT,
            FULL,
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            null);

    assertThat(report.text())
        .contains("Nothing was searched.", "Architecture: k3e6 none", "PruningNet: ab")
        .doesNotContain("measured");
    assertThat(Json.text(report)).doesNotContain("widest", "hypervolume");
    assertThat(readBack(Json.text(report))).isEqualTo(report);
  }

  @Test
  void report_nothingConfirmed_saysSoBelowTheFrontAndIsReadBack() {
    JobReport report = report(List.of(), List.of());

    assertThat(report.text())
        .contains("4 structures measured", Pages.trial(3).structure().id(), "Nothing was confirmed")
        .doesNotContain("uniform width");
    assertThat(readBack(Json.text(report))).isEqualTo(report);
  }

  @Test
  void json_networkOfTheZoo_hasNoArchitecture() {
    assertThat(Json.text(report(List.of()))).doesNotContain("architecture");
  }

  @Test
  void json_timeOfAnEvaluation_isThereIfItIsKnownAndReadBack() {
    JobReport unknown = report(List.of());
    JobReport known =
        unknown.with(new EvaluationTime(18, Duration.ofMillis(840), Duration.ofSeconds(2)));

    assertThat(Json.text(unknown)).doesNotContain("evaluationTime");
    assertThat(Json.text(known)).contains("\"median\" : \"PT0.84S\"", "\"p95\" : \"PT2S\"");
    assertThat(readBack(Json.text(known))).isEqualTo(known);
  }

  private static JobReport readBack(String json) {
    return Json.parse(json.getBytes(StandardCharsets.UTF_8), "report.json", JobReport.class);
  }

  private static JobReport report(List<FineTunedView> fineTuned) {
    return report(List.of(Pages.confirmed(Pages.trial(3))), fineTuned);
  }

  private static JobReport report(List<ConfirmedView> confirmed, List<FineTunedView> fineTuned) {
    TrialView trial = Pages.trial(3);
    return new JobReport(
        "demo-1",
        made(""),
        EFFORT,
        FULL,
        trial.selection(),
        0.25,
        List.of(trial),
        confirmed,
        fineTuned,
        fineTuned.isEmpty() ? null : UNPRUNED);
  }

  private static JobReport.Made made(String architecture) {
    return new JobReport.Made(
        "0.1.0",
        "resnet20",
        architecture,
        "cifar10",
        "nsga2",
        1,
        "evaluator=1",
        Map.of("job", "cd", "pruningNet", "ab"));
  }
}
