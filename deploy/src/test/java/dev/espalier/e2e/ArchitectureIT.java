package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.io.IOException;
import java.nio.file.Files;
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

    requireStagesFindTheSame(whole);
  }

  /**
   * Where everything is made already, a job that is given one stage after the other costs little.
   */
  private void requireStagesFindTheSame(Espalier whole) throws Exception {
    String found = TEXT.replace("name: found", "name: staged") + "stages: [find]\n";
    Ended alone = whole.run("run", TinyJob.in(folder, found).toString());
    assertThat(alone.code()).as(alone.err()).isZero();
    assertThat(alone.out()).contains("Nothing was searched.", "Architecture: normal: ");
    assertThat(whole.job("staged-1").resolve("search")).doesNotExist();
    Path page = folder.resolve("staged.html");
    assertThat(whole.run("report", "staged-1", "--out", page.toString()).code()).isZero();
    assertThat(page).content().contains("Nothing was searched.", "<dt>architecture</dt>");

    Ended refused =
        whole.run("run", TinyJob.in(folder, found.replace("[find]", "[search]")).toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("has no architecture yet. Maybe add find");

    Path job = whole.job("staged-1").resolve("job.yaml");
    String all = "stages: [find, train, search, confirm, fineTune]\nfineTune: {epochs: 2}\n";
    Files.writeString(job, found.replace("stages: [find]\n", all));
    Running tuning = whole.start("resume", "staged-1", "--force");
    whole.awaitStatus("staged-1", status -> status.path("stage").asText().equals("fine-tuning"));
    tuning.terminate();
    Ended stopped = tuning.end();
    assertThat(stopped.code()).as(stopped.err()).isEqualTo(1);
    Ended resumed = whole.run("resume", "staged-1", "--json");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains(" for 2 epochs").doesNotContain("Searching with");
    assertThat(whole.findings("staged-1")).isEqualTo(whole.findings(ID));
    int structures = resumed.json().path("fineTuned").size();
    assertThat(structures).isGreaterThanOrEqualTo(2);

    Ended command = whole.run("finetune", "staged-1", "--confirmed", "--epochs", "2", "--json");
    assertThat(command.err()).doesNotContain("Training ");
    assertThat(command.json().path("structures")).hasSize(structures);
  }

  private Espalier espalier(String name) throws IOException {
    return Espalier.withOptions("-Xmx1g -XX:+UseSerialGC", folder, name);
  }
}
