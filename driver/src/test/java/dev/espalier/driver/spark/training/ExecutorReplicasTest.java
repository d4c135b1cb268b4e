package dev.espalier.driver.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.training.parallel.Replica;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecutorReplicasTest {

  @TempDir Path folder;
  private final List<Runnable> later = new ArrayList<>();
  private int opened;

  @Test
  void giveBack_nobodyTakesItForAWhile_isFreed() {
    ContentFile images = ShapesTraining.images(folder);

    ExecutorReplicas.giveBack("idle", take(images), later::add);
    Replica kept = take(images);
    later.remove(0).run();
    ExecutorReplicas.giveBack("idle", kept, later::add);

    assertThat(take(images)).as("it was taken in the meantime").isSameAs(kept);
    assertThat(opened).isEqualTo(1);
    ExecutorReplicas.giveBack("idle", kept, later::add);
    later.get(1).run();

    try (Replica another = take(images)) {
      assertThat(another).isNotSameAs(kept);
      assertThat(opened).isEqualTo(2);
    }
    ExecutorReplicas.close("idle");
  }

  private Replica take(ContentFile images) {
    return ExecutorReplicas.take(
        "idle",
        () -> {
          opened++;
          return new ShapesTraining(0.05).open(images);
        });
  }
}
