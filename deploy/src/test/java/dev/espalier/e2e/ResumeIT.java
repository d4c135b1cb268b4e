package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are broken off in every way end as if they had not been. */
class ResumeIT {

  private static final String ID = "tiny-1";

  @TempDir private Path folder;

  @Test
  void resume_killedInTrainingAndInSearching_findsWhatAnUnbrokenRunFinds() throws Exception {
    Espalier unbroken = Espalier.in(Files.createDirectory(folder.resolve("unbroken")));
    Ended whole = unbroken.run("run", TinyJob.in(folder).toString(), "--force");
    assertThat(whole.code()).as(whole.err()).isZero();

    Espalier broken = Espalier.in(Files.createDirectory(folder.resolve("broken")));
    killWhen(
        broken,
        status -> in("training", status) && status.path("done").asInt() > 12,
        "run",
        TinyJob.in(folder).toString(),
        "--force");
    killWhen(
        broken,
        status -> in("searching", status) && status.path("done").asInt() > 5,
        "resume",
        ID,
        "--force");
    assertThat(broken.run("status", ID).out()).contains("interrupted");
    Ended resumed = broken.run("resume", ID, "--force");

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(broken.findings(ID)).isEqualTo(unbroken.findings(ID));
  }

  @Test
  void resume_stoppedInTraining_goesOnFromThere() throws Exception {
    Espalier espalier = Espalier.in(folder);
    Running running = espalier.start("run", TinyJob.in(folder).toString(), "--force");
    espalier.awaitStatus(ID, status -> in("training", status) && status.path("done").asInt() > 2);

    assertThat(espalier.run("cancel", ID).code()).isZero();
    Ended stopped = running.end();
    Ended resumed = espalier.run("resume", ID, "--force");

    assertThat(stopped.code()).isEqualTo(1);
    assertThat(stopped.err()).contains("Go on with: espalier resume " + ID);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Goes on from step");
  }

  @Test
  void resume_changedJobFile_isRefusedNamingBothDigests() throws Exception {
    Espalier espalier = Espalier.in(folder);
    Running running = espalier.start("run", TinyJob.in(folder).toString(), "--force");
    espalier.awaitStatus(ID, status -> in("training", status));
    running.kill();
    Path copy = espalier.home().resolve("jobs").resolve(ID).resolve("job.yaml");
    Files.writeString(copy, TinyJob.TEXT.replace("budget: 24", "budget: 25"));

    Ended refused = espalier.run("resume", ID, "--force");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .containsPattern("begun with job [0-9a-f]{64}, but finds [0-9a-f]{64}")
        .doesNotContain("\tat ");
  }

  private static void killWhen(Espalier espalier, Predicate<JsonNode> moment, String... command)
      throws Exception {
    Running running = espalier.start(command);
    espalier.awaitStatus(ID, moment);
    running.kill();
  }

  private static boolean in(String stage, JsonNode status) {
    return status.path("stage").asText().equals(stage);
  }
}
