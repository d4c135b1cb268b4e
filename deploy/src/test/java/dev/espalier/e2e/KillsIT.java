package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} at random moments: 20 of them, or {@code -Dkills=200} by night, drawn anew each
 * time or from {@code -Dseed}. No job has to bear more than 20.
 */
@ExtendWith(Unbroken.Run.class)
class KillsIT {

  private static final int KILLS = Integer.getInteger("kills", 20);
  private static final int MOST_OF_A_JOB = 20;
  private static final long SEED = Long.getLong("seed", System.nanoTime());

  @TempDir private Path folder;

  @Test
  void resume_killedAtRandomMoments_findsWhatAnUnbrokenRunFinds(Unbroken unbroken)
      throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int killed = 0; killed < KILLS; killed += MOST_OF_A_JOB) {
      Path home = folder.resolve("after-%d".formatted(killed));
      int kills = Math.min(MOST_OF_A_JOB, KILLS - killed);
      new Victim(unbroken, unbroken.withData(home), random).suffer(kills);
    }
  }

  /** A job and those who kill it. */
  private record Victim(Unbroken unbroken, Espalier espalier, SplittableRandom random) {

    void suffer(int kills) throws Exception {
      Path file = TinyJob.in(espalier.scratch(), Unbroken.TEXT);
      int inTraining = 0;
      for (int i = 0; i < kills; i++) {
        Running running =
            i == 0
                ? espalier.start("run", file.toString(), "--force")
                : espalier.start("resume", Unbroken.ID, "--force");
        if (i < kills / 2) {
          running.await("(Training|Reusing) the PruningNet");
          killWithin(unbroken.training().dividedBy(kills / 2), running);
          inTraining += stage().equals("training") ? 1 : 0;
        } else {
          running.await("Searching with");
          killWithin(unbroken.searching().dividedBy(kills / 2), running);
        }
      }
      Ended ended = espalier.run("resume", Unbroken.ID, "--force");
      Ended verified = espalier.run("journal", "verify", Unbroken.ID);

      String which = "-Dseed=%d -Dkills=%d, %s".formatted(SEED, KILLS, espalier.scratch());
      assertThat(ended.code()).as("%s: %s", which, ended.err()).isZero();
      assertThat(espalier.findings(Unbroken.ID)).as(which).isEqualTo(unbroken.findings());
      assertThat(verified.code()).as("%s: %s", which, verified.out()).isZero();
      assertThat(inTraining).as("kills in training, " + which).isGreaterThanOrEqualTo(kills / 4);
    }

    private void killWithin(Duration time, Running running) throws Exception {
      Thread.sleep(random.nextLong(1 + time.toMillis()));
      running.kill();
    }

    private String stage() throws Exception {
      return espalier.awaitStatus(Unbroken.ID, status -> true).path("stage").asText();
    }
  }
}
