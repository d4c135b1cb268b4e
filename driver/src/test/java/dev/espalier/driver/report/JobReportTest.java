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
    TrialView trial = Pages.trial(3);
    JobReport report =
        new JobReport(
            "demo-1",
            new JobReport.Made(
                "0.1.0", "resnet20", "cifar10", "nsga2", 1, "evaluator=1", Map.of("job", "ab")),
            new JobReport.Effort(4, 1, 2, 3, Map.of("searching", Duration.ofSeconds(5))),
            trial.structure(),
            trial.selection(),
            0.25,
            List.of(trial),
            List.of(Pages.confirmed(trial)));

    byte[] json = Json.text(report).getBytes(StandardCharsets.UTF_8);

    assertThat(Json.parse(json, "report.json", JobReport.class)).isEqualTo(report);
  }
}
