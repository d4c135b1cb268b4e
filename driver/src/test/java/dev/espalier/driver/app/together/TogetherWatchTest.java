package dev.espalier.driver.app.together;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TogetherWatchTest {

  private final List<String> notes = new ArrayList<>();

  @Test
  void done_oneOfTwoDiverges_leavesItOut() {
    TogetherWatch watch = watch(0, "seed 1", "seed 2");
    assertThat(watch.done(0, new Told(true, "", 4, List.of(" epoch"), null))).isTrue();
    var diverged = new TrainingDivergedException("the loss is NaN", 0, 1, 0.5);
    assertThat(watch.done(1, new Told(false, "", 1, List.of(), diverged))).isFalse();
    assertThat(watch.done(0, new Told(false, "Goes on", 10, List.of(), null))).isFalse();

    assertThat(watch.diverged()).containsExactly(diverged);
    assertThat(notes)
        .containsExactly(
            "  seed 1: epoch",
            "  seed 2: left out, as its training diverged: the loss is NaN in step 1 of epoch 0,"
                + " at a learning rate of 0.5. Maybe it is too high.");
  }

  @Test
  void done_allDiverge_failsAndSaysWhy() {
    TogetherWatch watch = watch(0, "seed 5", "seed 6");
    var diverged = new TrainingDivergedException("the loss is NaN", 0, 1, 0.5);
    Told told = new Told(false, "", 1, List.of(), diverged);
    assertThat(watch.done(0, told)).isFalse();

    assertThatThrownBy(() -> watch.done(1, told))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("the loss is NaN")
        .hasMessageContaining("None of the seeds [seed 5, seed 6] is left.");
  }

  @Test
  void done_allThatWereMissingDiverge_othersAreLeft() {
    TogetherWatch watch = watch(3, "seed 5", "seed 6");
    var diverged = new TrainingDivergedException("the loss is NaN", 0, 1, 0.5);
    Told told = new Told(false, "", 1, List.of(), diverged);
    assertThat(watch.done(0, told)).isFalse();
    assertThat(watch.done(1, told)).isFalse();

    assertThat(watch.diverged()).containsExactly(diverged, diverged);
    assertThat(notes).hasSize(2).allMatch(note -> note.contains("left out"));
  }

  private TogetherWatch watch(int kept, String... names) {
    JobListener screen =
        new JobListener() {
          @Override
          public void note(String line) {
            notes.add(line);
          }
        };
    return new TogetherWatch(screen, "seeds", List.of(names), kept, 10);
  }
}
