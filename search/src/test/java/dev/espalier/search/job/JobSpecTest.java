package dev.espalier.search.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobSpecTest {

  @Test
  void of_networkAndData_isPapersSearch() {
    JobSpec job = JobSpec.of("resnet20", "cifar10");

    assertThat(job.space().count()).isEqualTo(31);
    SearchSpec.MetaPruning evolution = job.search().metapruning();
    assertThat(evolution.population() * 20).isEqualTo(job.search().budget());
    assertThat(evolution.mutations()).isEqualTo(25);
  }

  @Test
  void constraint_withoutMinAndMax_isRefused() {
    assertThatThrownBy(() -> new ConstraintSpec("macs", null, null))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("macs has no min and no max");
  }

  @Test
  void space_stepMissesFullWidth_isRefused() {
    assertThatThrownBy(() -> new SpaceSpec(10, 7, 1, List.of(), List.of(100)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("found 7, expected a divisor of 90");
  }

  @Test
  void metaPruning_moreChildrenThanPopulation_isRefused() {
    assertThatThrownBy(() -> new SearchSpec.MetaPruning(20, 5, 15, 10, 0.1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("expected at least mutations + crossovers (25)");
  }
}
