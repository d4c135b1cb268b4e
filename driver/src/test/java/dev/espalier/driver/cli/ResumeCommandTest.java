package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.JobFile;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.search.random.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job is resumed with what it was begun with and what it has found, or not at all. */
class ResumeCommandTest {

  private static final int IMAGES = 300;

  static final String JOB =
      """
      network: {name: resnet20}
      data: {name: coloured, splits: {selection: 60, confirmation: 60}}
      pruningNet: {hidden: 4, epochs: 3, batch: 16, learningRate: 0.05, sandwich: 0}
      space: {smallest: 50, step: 10}
      search: {strategy: random, budget: 2, window: 2}
      evaluation: {recalibrationImages: 60, shard: 60, batch: 30, master: "local[1]", cache: false}
      confirmation: {top: 1, random: 1}
      output: {name: tiny}
      """;

  @TempDir private static Path finished;
  @TempDir private Path home;

  @BeforeAll
  static void runJob() throws Exception {
    Path data = Files.createDirectories(finished.resolve("data"));
    ColouredImages.write(data.resolve("coloured" + PackedWriter.EXTENSION), IMAGES, 1);
    Path file = Files.writeString(finished.resolve("tiny.yaml"), JOB);

    Cli run = Cli.run("run", file.toString(), "--home", finished.toString());

    assertThat(run.code()).as(run.err()).isZero();
  }

  @BeforeEach
  void copyHome() throws IOException {
    try (Stream<Path> tree = Files.walk(finished)) {
      for (Path path : tree.toList()) {
        Path copy = home.resolve(finished.relativize(path).toString());
        if (!Files.isDirectory(copy)) {
          Files.copy(path, copy);
        }
      }
    }
  }

  @Test
  void resume_nothingChanged_findsTheSame() throws IOException {
    Files.delete(job("report.json"));

    Cli resumed = resume();

    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("Reusing the PruningNet").doesNotContain("hardly better");
    assertThat(Files.readString(job("report.json")))
        .doesNotContain("fineTuned")
        .containsPattern("\"evaluationTime\" : \\{\\s+\"evaluations\" : 2,\\s+\"median\" : \"PT");
    assertThat(resumed.out()).doesNotContain("of training by themselves");
    assertThat(Files.readString(job("report.json")).replaceAll("(?s)\"effort\".*?},\n", ""))
        .isEqualTo(
            Files.readString(finished.resolve("jobs/tiny-1/report.json"))
                .replaceAll("(?s)\"effort\".*?},\n", ""));
  }

  @Test
  void resume_changedJobFile_isRefusedNamingBothDigests() throws IOException {
    Files.writeString(job("job.yaml"), JOB.replace("budget: 2", "budget: 3"));

    refused(resume(), "was begun with job [0-9a-f]{64}, but finds [0-9a-f]{64} now");
    assertThat(Cli.run("status", "tiny-1", "--home", home.toString()).out())
        .contains("failed  job tiny-1 was begun with job");
  }

  @Test
  void resume_otherImagesOfTheSameName_isRefusedNamingBothDigests() throws IOException {
    Path file = home.resolve("data/coloured" + PackedWriter.EXTENSION);
    Files.delete(file);
    ColouredImages.write(file, IMAGES, 2);

    refused(resume(), "was begun with data [0-9a-f]{64}, but finds [0-9a-f]{64} now");
  }

  @Test
  void resume_otherPruningNet_isRefusedNamingBothDigests() throws IOException {
    Path file = pruningNet();
    JobPlan plan = JobPlan.of(JobFile.parse(JOB, "job.yaml").spec(), data().info());
    try (PruningNet other = PruningNet.untrained(plan.space(), 4, new RandomStreams(99))) {
      TrainedPruningNet.save(other, TrainedPruningNet.provenance(file), file);
    }

    refused(resume(), "was begun with pruningNet [0-9a-f]{64}, but finds [0-9a-f]{64} now");
  }

  @Test
  void resume_withoutItsPruningNet_isRefusedAndNotTrainedAnew() throws IOException {
    Path file = pruningNet();
    Files.delete(file);

    refused(resume(), "job tiny-1 had the PruningNet [0-9a-f]{64} in .*net.pruningnet, but it is");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"search", "search/random"})
  void resume_withoutItsJournal_isRefusedAndNotBegunAnew(String folder) throws IOException {
    deleteTree(job(folder));

    refused(
        resume(), "job tiny-1 had results in the journal .*" + folder + ", but it is not there");
    refused(resume(), "had results in the journal");
    assertThat(job(folder)).doesNotExist();
  }

  @Test
  void resume_withCheckpointsButNoJournal_isRefusedAndNotBegunAnew() throws IOException {
    try (Stream<Path> files = Files.list(job("search"))) {
      for (Path file :
          files.filter(name -> name.getFileName().toString().startsWith("journal")).toList()) {
        Files.delete(file);
      }
    }

    refused(resume(), "it is missing, but a checkpoint is there");
  }

  @ParameterizedTest
  @ValueSource(strings = {"job.json", "status.json", "job.yaml"})
  void resume_withoutOneOfItsFiles_isRefused(String file) throws IOException {
    Files.delete(job(file));

    refused(resume(), "job tiny-1 is broken: " + file + " is missing in");
  }

  @Test
  void journal_damaged_isRefusedFoundAndRepaired() throws IOException {
    assertThat(run("journal", "verify").code()).isZero();
    assertThat(run("journal", "repair").err()).contains("Nothing is damaged");
    Path journal = journal();
    byte[] bytes = Files.readAllBytes(journal);
    bytes[bytes.length - 40] ^= 1;
    Files.write(journal, bytes);

    refused(resume(), "is damaged at byte \\d+: .*espalier journal verify");
    refused(run("best"), "is damaged at byte");
    Cli verified = run("journal", "verify");
    assertThat(verified.code()).isEqualTo(1);
    assertThat(verified.out()).containsPattern("search +journal-\\d+-\\d+ +\\d+ +\\d+");
    assertThat(verified.err()).contains("espalier journal repair tiny-1");

    Cli repaired = run("journal", "repair");

    assertThat(repaired.code()).as(repaired.err()).isZero();
    assertThat(repaired.out()).contains("search: kept 2 results; set aside: damaged-journal-");
    assertThat(run("journal", "verify").code()).isZero();
    assertThat(resume().code()).isZero();
    assertThat(run("best").out()).isNotEmpty().isEqualTo(bestOfTheFinished());
  }

  private static String bestOfTheFinished() {
    return Cli.run("best", "tiny-1", "--home", finished.toString()).out();
  }

  private Cli run(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("tiny-1", "--home", home.toString()));
    return Cli.run(words.toArray(String[]::new));
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.list(job("search"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("journal"))
          .findFirst()
          .orElseThrow();
    }
  }

  private void refused(Cli cli, String pattern) {
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).containsPattern(pattern).doesNotContain("\tat ");
  }

  private Cli resume() {
    return Cli.run("resume", "tiny-1", "--home", home.toString());
  }

  private Path job(String file) {
    return home.resolve("jobs/tiny-1").resolve(file);
  }

  private PackedDataset data() {
    return PackedDataset.open(home.resolve("data/coloured" + PackedWriter.EXTENSION));
  }

  private Path pruningNet() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("pruningnets"))) {
      return files.filter(file -> file.endsWith("net.pruningnet")).findFirst().orElseThrow();
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
