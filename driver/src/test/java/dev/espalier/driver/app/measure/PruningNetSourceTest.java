package dev.espalier.driver.app.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.LatencyTables;
import dev.espalier.driver.app.plan.Plans;
import dev.espalier.driver.config.JobFile;
import dev.espalier.search.job.JobSpec;
import org.junit.jupiter.api.Test;

class PruningNetSourceTest {

  @Test
  void of_jobWithALatencyTable_sendsTheSpaceAndNotTheTable() {
    JobSpec spec =
        JobFile.parse(
                Plans.SMALL.replace("{metric: macs, max", "{metric: latency, max"), "job.yaml")
            .spec();
    JobSpec.Device phone = new JobSpec.Device(LatencyTables.of("resnet20"), "");

    PruningNetSource source = PruningNetSource.of(spec.with(phone));

    assertThat(source).isEqualTo(PruningNetSource.of(spec));
    assertThat(source.job()).doesNotContain("espalier latency table");
    JobSpec read = JobFile.parse(source.job(), "job").spec();
    assertThat(JobPlan.space(read, Plans.info()).network())
        .isEqualTo(JobPlan.of(spec.with(phone), Plans.info()).space().network());
  }
}
