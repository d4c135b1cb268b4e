package dev.espalier.pruningnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.PruningNetSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CourseTest {

  private static final TrainingSettings SETTINGS = TrainingSettings.of(PruningNetSpec.DEFAULT);

  @TempDir Path folder;

  @Test
  void batch_ofAllWorkersInAnEpoch_isEveryWholeBatchOnce() {
    Course course = new Course(2, 4, 3, 16);
    List<Integer> batches = new ArrayList<>();
    for (long step = 4; step < course.steps(); step++) {
      for (int worker = 0; worker < 3; worker++) {
        batches.add(course.batch(step, worker));
      }
    }
    assertThat(batches).containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
    assertThat(course.images()).isEqualTo(48);
  }

  @Test
  void of_moreWorkers_makesProportionallyFewerSteps() {
    TrainingData data = ColouredImages.of(folder, 1000);
    assertThat(Course.of(data, SETTINGS, 1)).isEqualTo(new Course(20, 7, 1, 128));
    assertThat(Course.of(data, SETTINGS, 2)).isEqualTo(new Course(20, 3, 2, 128));
    assertThat(Course.of(data, SETTINGS, 7).steps()).isEqualTo(20);
  }

  @Test
  void of_oneWorkerWithFewerImagesThanABatch_makesOneSmallStep() {
    assertThat(Course.of(ColouredImages.of(folder, 50), SETTINGS, 1))
        .isEqualTo(new Course(20, 1, 1, 50));
  }

  @Test
  void of_lessThanOneBatchForEachWorker_isRefused() {
    TrainingData data = ColouredImages.of(folder, 300);
    assertThatThrownBy(() -> Course.of(data, SETTINGS, 3))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("pruningNet.training.workers is 3")
        .hasMessageContaining("300 training images are only 2 batches of 128");
  }
}
