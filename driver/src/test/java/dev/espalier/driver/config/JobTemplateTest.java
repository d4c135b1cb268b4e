package dev.espalier.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.job.JobSpec;
import org.junit.jupiter.api.Test;

class JobTemplateTest {

  @Test
  void text_asItIs_isJobWithEveryDefault() {
    assertThat(JobFile.parse(JobTemplate.text(), "template").spec())
        .isEqualTo(JobSpec.of("resnet20", "shapes-32"));
  }

  @Test
  void text_exampleOfConstraintUncommented_isConstraint() {
    String text =
        JobTemplate.text()
            .replace("constraints: []", "constraints:")
            .replaceAll("  # (- |  )(metric|min|max): ", "  $1$2: ");

    assertThat(JobFile.parse(text, "template").spec().constraints())
        .singleElement()
        .satisfies(constraint -> assertThat(constraint.max()).isEqualTo("50%"));
  }

  @Test
  void text_everyLine_fitsOnScreen() {
    assertThat(JobTemplate.text().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(160));
  }
}
