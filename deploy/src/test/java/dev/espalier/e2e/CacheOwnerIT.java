package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two jobs over one PruningNet that share their scores. */
@ExtendWith(Unbroken.Run.class)
class CacheOwnerIT {

  @TempDir private Path folder;

  @Test
  void kill_ownerOfTheCache_leavesTheOtherJobItsFindings(Unbroken unbroken) throws Exception {
    Espalier espalier = unbroken.withPruningNet(folder);
    String longer = Unbroken.TEXT.replace("budget: 48", "budget: 4000").replace("tiny}", "other}");
    Running owner = espalier.start("run", TinyJob.in(folder, longer).toString(), "--force");
    owner.await("Score cache: own member");
    owner.await("Searching with");
    Running client = espalier.start("run", TinyJob.in(folder, Unbroken.TEXT).toString(), "--force");
    client.await("Score cache: shared with another process");
    client.await("Searching with");
    espalier.awaitStatus(Unbroken.ID, status -> status.at("/counts/evaluations").asInt() > 0);
    owner.kill();
    boolean searching = client.process().isAlive();
    Ended ended = client.end();

    assertThat(searching).as("the owner was killed before the other job had ended").isTrue();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(espalier.findings(Unbroken.ID)).isEqualTo(unbroken.findings());
  }
}
