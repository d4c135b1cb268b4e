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

  @Test
  void json_ofAReport_isReadBack() {
    JobReport report = report(List.of(Pages.fineTuned(Pages.trial(3))));

    assertThat(readBack(Json.text(report))).isEqualTo(report);
  }

  @Test
  void json_withoutFineTunedStructures_isThatOfBeforeAndReadBack() {
    JobReport report = report(List.of());

    assertThat(Json.text(report)).doesNotContain("fineTuned");
    assertThat(readBack(Json.text(report))).isEqualTo(report);
  }

  @Test
  void text_fineTunedStructures_areShownIfThereAreAny() {
    assertThat(report(List.of(Pages.fineTuned(Pages.trial(3)))).text())
        .contains("After 3 epochs of training by themselves", "generated");
    assertThat(report(List.of()).text()).doesNotContain("epochs");
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
    TrialView trial = Pages.trial(3);
    return new JobReport(
        "demo-1",
        new JobReport.Made(
            "0.1.0", "resnet20", "cifar10", "nsga2", 1, "evaluator=1", Map.of("job", "ab")),
        new JobReport.Effort(4, 1, 2, 3, Map.of("searching", Duration.ofSeconds(5))),
        trial.structure(),
        trial.selection(),
        0.25,
        List.of(trial),
        List.of(Pages.confirmed(trial)),
        fineTuned);
  }
}
