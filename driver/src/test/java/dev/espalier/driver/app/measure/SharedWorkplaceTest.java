package dev.espalier.driver.app.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Plans;
import dev.espalier.driver.spark.SparkSettings;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workplace for one job at a time. */
class SharedWorkplaceTest {

  private static final JobPlan PLAN = Plans.of(Plans.SMALL);
  private static final EvaluationObserver UNHEARD = report -> {};

  @TempDir private Path folder;
  private SharedWorkplace workplace;

  @BeforeEach
  void start() {
    workplace =
        SharedWorkplace.start(
            new SparkSettings("local[1,4]", folder.resolve("spark"), folder.resolve("secret"), 1),
            Cache.off());
  }

  @AfterEach
  void close() {
    workplace.close();
  }

  @Test
  void workers_closedTwice_leaveRoomForOneJobOnly() {
    Workers first = workers();
    assertThatThrownBy(this::workers).isInstanceOf(NoSuchElementException.class);
    first.close();
    first.close();

    try (Workers second = workers()) {
      assertThat(second.cache()).isNotEmpty();
      assertThatThrownBy(this::workers).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // No replica is ever opened.
  void replicas_moreThanThereAreWorkers_giveTheirPlaceBack() {
    JobSpec job =
        Plans.of(Plans.SMALL + "pruningNet: {training: {workers: 2, averageEvery: 4}}\n").spec();
    ContentFile dataset = new ContentFile("0".repeat(64), folder.resolve("data"));

    for (int tries = 0; tries < 2; tries++) {
      assertThatThrownBy(() -> workplace.replicas(job, dataset, null, folder, UNHEARD))
          .isInstanceOf(BadInputException.class);
    }
    workers().close();
  }

  @SuppressWarnings("NullAway") // Nothing is measured: only the plan is looked at.
  private Workers workers() {
    return workplace.workers(new Measurements(PLAN, null, null, null), folder, UNHEARD);
  }
}
