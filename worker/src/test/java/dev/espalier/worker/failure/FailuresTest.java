package dev.espalier.worker.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Outcome.Failed;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

final class FailuresTest {

  @Test
  void classify_timeLimit_namesTheLimit() {
    assertThat(Failures.classify(new TimeLimitException(Duration.ofMillis(1500))))
        .isEqualTo(
            new Failed(
                Kind.TIME_LIMIT,
                "TimeLimitException: the evaluation took longer than its limit of 1.5 s"));
  }

  @Test
  void classify_cancelled_isLost() {
    assertThat(Failures.classify(new CancellationException()).kind()).isEqualTo(Kind.LOST);
  }

  @Test
  void classify_outOfMemory_saysWhatMayHelp() {
    for (Throwable thrown :
        new Throwable[] {
          new OutOfMemoryError("Java heap space"),
          new IllegalStateException(
              "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate"
                  + " memory: you tried to allocate 4000000000000 bytes. Error code 12")
        }) {
      Failed failed = Failures.classify(thrown);

      assertThat(failed.kind()).isEqualTo(Kind.ERROR);
      assertThat(failed.reason()).startsWith("out of memory: ").contains("Maybe");
    }
  }

  @Test
  void classify_messageOfManyLines_isOneShortLine() {
    Failed failed =
        Failures.classify(new IllegalStateException("\n  first " + "x".repeat(999) + "\nsecond"));

    assertThat(failed.kind()).isEqualTo(Kind.ERROR);
    assertThat(failed.reason()).startsWith("IllegalStateException: first x").hasSizeLessThan(320);
    assertThat(failed.reason().lines()).hasSize(1);
  }

  @Test
  void classify_noMessage_isTheNameOfTheThrowable() {
    assertThat(Failures.classify(new StackOverflowError()).reason())
        .isEqualTo("StackOverflowError");
  }
}
