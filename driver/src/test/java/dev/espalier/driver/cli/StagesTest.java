package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.pruningnet.dataset.PackedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job does what its stages say, and with one stage after the other what it does with all. */
class StagesTest {

  private static final String ALL = "stages: [train, search, confirm, fineTune]\n";
  private static final String TUNE = "fineTune: {epochs: 1}\n";

  @TempDir private Path home;

  @BeforeEach
  void writeImages() throws IOException {
    ColouredImages.write(
        Files.createDirectories(home.resolve("data")).resolve("coloured" + PackedWriter.EXTENSION),
        300,
        1);
  }

  @Test
  void searchWithoutTrain_noPruningNet_isRefusedWhenSubmittedAndChecked() throws IOException {
    String file = file("stages: [search, confirm]\n");

    for (Cli refused : List.of(run("run", file), run("job", "check", file))) {
      assertThat(refused.code()).isEqualTo(2);
      assertThat(refused.err())
          .contains("stages: search without train, but there is no PruningNet", "Maybe add train?");
    }
    assertThat(home.resolve("jobs/tiny-1")).doesNotExist();
  }

  @Test
  void resume_withOneStageMoreEachTime_findsWhatAJobOfAllStagesFinds() throws IOException {
    Cli trained = run("run", file("stages: [train]\n"));
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("Nothing was searched.", "PruningNet: ");
    assertThat(home.resolve("jobs/tiny-1/search")).doesNotExist();
    requireViews("Nothing was searched.");

    Cli searched = resume("stages: [search]\n");
    assertThat(searched.code()).as(searched.err()).isZero();
    assertThat(searched.err()).contains("Reusing the PruningNet").doesNotContain("Measuring");
    assertThat(searched.out()).contains("Nothing was confirmed: ");
    requireViews("Nothing was confirmed: ");
    Cli untuned = run("finetune", "tiny-1", "--confirmed");
    assertThat(untuned.code()).isEqualTo(2);
    assertThat(untuned.err()).contains("has confirmed nothing. Maybe add confirm to its stages");

    Cli confirmed = resume("stages: [train, search, confirm]\n");
    assertThat(confirmed.code()).as(confirmed.err()).isZero();
    assertThat(confirmed.err()).contains("Searching with", "Measuring");
    Cli tuned = resume(ALL + TUNE);
    assertThat(tuned.code()).as(tuned.err()).isZero();
    assertThat(tuned.err()).doesNotContain("Searching with", "Measuring");

    assertThat(run("run", file(ALL + TUNE)).code()).isZero();
    assertThat(found("tiny-1").path("fineTuned")).hasSizeGreaterThan(1);
    assertThat(found("tiny-1")).isEqualTo(found("tiny-2"));
    assertThat(run("compare", "tiny-1", "tiny-2").code()).isZero();
  }

  /** Whoever looks at a job that went only so far is told so. */
  private void requireViews(String verdict) throws IOException {
    Path page = home.resolve("page.html");
    String widest = found("tiny-1").at("/full/genes").asText();
    for (Cli cli :
        List.of(
            run("status", "tiny-1"),
            run("best", "tiny-1"),
            run("show", "tiny-1", widest),
            run("report", "tiny-1", "--out", page.toString()))) {
      assertThat(cli.code()).as(cli.err()).isZero();
    }
    assertThat(Files.readString(page)).contains(verdict);
  }

  private JsonNode found(String id) throws IOException {
    ObjectNode report =
        (ObjectNode)
            new ObjectMapper().readTree(home.resolve("jobs").resolve(id + "/report.json").toFile());
    return report.without(List.of("id", "effort"));
  }

  private Cli resume(String stages) throws IOException {
    Files.writeString(home.resolve("jobs/tiny-1/job.yaml"), ResumeCommandTest.JOB + stages);
    return run("resume", "tiny-1");
  }

  private String file(String stages) throws IOException {
    return Files.writeString(home.resolve("tiny.yaml"), ResumeCommandTest.JOB + stages).toString();
  }

  private Cli run(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--home", home.toString()));
    return Cli.run(words.toArray(String[]::new));
  }
}
