package dev.espalier.driver.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.config.JobFile;
import dev.espalier.search.cost.Feasible;
import dev.espalier.search.energy.Coefficients;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import org.junit.jupiter.api.Test;

class DeviceCostsTest {

  private static final JobSpec.Device PHONE =
      new JobSpec.Device(LatencyTables.of("resnet20"), Coefficients.EYERISS.text());

  @Test
  void of_latencyConstraint_everyProposedStructureMeetsIt() {
    JobPlan plan = plan("{metric: latency, max: 60%}", PHONE);
    long full = plan.full().latency();
    Structure structure =
        Feasible.sample(
                plan.space(),
                plan.costs(),
                plan.constraints(),
                new RandomStreams(5).stream("test", 0))
            .orElseThrow();

    assertThat(full).isPositive();
    assertThat(plan.costs().costs(structure).latency()).isBetween(1L, full * 6 / 10);
    assertThat(plan.constraints().all().toString()).contains("latency at most ").contains(" ms");
  }

  @Test
  void of_absoluteTime_isNanoseconds() {
    JobPlan plan = plan("{metric: latency, max: 1.5ms}", PHONE);

    assertThat(plan.constraints().all().get(0).max()).isEqualTo(1_500_000);
  }

  @Test
  void of_timeThatNothingMeets_isRefused() {
    assertThatThrownBy(() -> plan("{metric: latency, max: 1us}", PHONE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("latency at most 0.001 ms");
  }

  @Test
  void of_energyConstraint_isReachedLikeAnyOther() {
    JobPlan plan = plan("{metric: energy, max: 50%}", PHONE);

    assertThat(plan.constraints().all().get(0).max()).isEqualTo(plan.full().energy() / 2);
    assertThatThrownBy(() -> plan("{metric: energy, max: 1}", PHONE))
        .hasMessageContaining("constraints.energy: at most 1 is out of reach");
  }

  @Test
  void of_nothingKnownOfTheDevice_isRefusedNamingTheField() {
    assertThatThrownBy(() -> plan("{metric: latency, max: 5ms}", JobSpec.Device.NONE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("device.latency: nothing is found there");
    assertThatThrownBy(() -> plan("{metric: energy, max: 5M}", JobSpec.Device.NONE))
        .hasMessageContaining("device.energy: nothing is found there");
  }

  @Test
  void of_tableOfAnotherNetwork_isRefusedNamingWhatItLacks() {
    JobSpec.Device other = new JobSpec.Device(LatencyTables.of("vgg16"), "");

    assertThatThrownBy(() -> plan("{metric: macs, max: 50%}", other))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("latency table of phone")
        .hasMessageContaining("Maybe profile the space again?");
  }

  private static JobPlan plan(String constraint, JobSpec.Device device) {
    String job = Plans.SMALL.replace("{metric: macs, max: 50%}", constraint);
    JobSpec spec = JobFile.parse(job, "job.yaml").spec().with(device);
    return JobPlan.of(spec, Plans.info());
  }
}
