package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Many who resume one job at the same moment. */
@ExtendWith(Unbroken.Run.class)
class ManyStartersIT {

  private static final int STARTERS = 32;

  @TempDir private Path folder;

  @Test
  void resume_from32ProcessesAtOnce_oneWinsAndOthersAreRefused(Unbroken unbroken) throws Exception {
    Espalier espalier = unbroken.withData(folder);
    Path file = TinyJob.in(folder, Unbroken.TEXT.replace("epochs: 6", "epochs: 1000"));
    Running first = espalier.start("run", file.toString(), "--force");
    first.await("Training the PruningNet");
    first.kill();

    List<Running> starters = new ArrayList<>();
    CountDownLatch losers = new CountDownLatch(STARTERS - 1);
    for (int i = 0; i < STARTERS; i++) {
      Running starter = espalier.start("resume", Unbroken.ID, "--force");
      starter.process().onExit().thenRun(losers::countDown);
      starters.add(starter);
    }
    assertThat(losers.await(5, TimeUnit.MINUTES)).as("31 have ended").isTrue();
    List<Running> winners = starters.stream().filter(one -> one.process().isAlive()).toList();

    assertThat(winners).hasSize(1);
    for (Running starter : starters) {
      if (!winners.contains(starter)) {
        Ended loser = starter.end();
        assertThat(loser.code()).as(loser.err()).isEqualTo(2);
        assertThat(loser.err())
            .isEqualToIgnoringNewLines(
                "job tiny-1 is running already. Maybe follow it with 'espalier status tiny-1'?");
      }
    }
    Running winner = winners.get(0);
    winner.await("Training the PruningNet");
    assertThat(espalier.run("cancel", Unbroken.ID).code()).isZero();
    Ended stopped = winner.end();
    assertThat(stopped.code()).as(stopped.err()).isEqualTo(1);
    assertThat(stopped.err()).contains("Go on with: espalier resume " + Unbroken.ID);

    Running next = espalier.start("resume", Unbroken.ID, "--force");
    next.await("Goes on from step");
    next.terminate();
    assertThat(next.end().code()).isEqualTo(1);
  }
}
