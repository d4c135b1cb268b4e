package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that finds its network first, then prunes it. */
@Tag("cluster")
class ArchitectureIT {

  private static final String TEXT =
      TinyJob.ofCells("pretrain: 1, prune: 1, fineTune: 1")
          .replace(
              "space: {smallest: 50, step: 10}", "space: {smallest: 50, step: 10, kept: [20, 100]}")
          .replace("budget: 24", "budget: 12")
          .replace("name: tiny", "name: found");

  private static final String ID = "found-1";

  @TempDir private Path folder;

  @Test
  void run_killedWhileItFindsANetwork_goesOnToTheSameFindings() throws Exception {
    Espalier whole = espalier("whole");
    Ended unbroken = whole.run("run", TinyJob.in(folder, TEXT).toString(), "--force");
    assertThat(unbroken.code()).as(unbroken.err()).isZero();
    assertThat(unbroken.err()).contains("Architecture: normal: ");

    Espalier killed = espalier("killed");
    Running first = killed.start("run", TinyJob.in(folder, TEXT).toString(), "--force");
    killed.awaitStatus(
        ID,
        status ->
            status.path("stage").asText().equals("finding") && status.path("done").asInt() > 25);
    first.terminate();
    assertThat(first.end().err()).contains("Go on with: espalier resume " + ID);
    Ended resumed = killed.run("resume", ID, "--force");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Goes on from step ").contains("Architecture: normal: ");
    assertThat(killed.findings(ID)).isEqualTo(whole.findings(ID));

    Ended done = whole.run("resume", ID);
    assertThat(done.code()).as("the gate was forced before: " + done.err()).isZero();
    assertThat(whole.findings(ID)).isEqualTo(killed.findings(ID));

    Ended again = whole.run("run", TinyJob.in(folder, TEXT).toString(), "--force");
    assertThat(again.err())
        .contains("Reusing the architecture ")
        .contains("Reusing the PruningNet ");
  }

  private Espalier espalier(String name) throws IOException {
    return Espalier.withOptions("-Xmx1g -XX:+UseSerialGC", folder, name);
  }
}
