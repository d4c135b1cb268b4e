package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: run, killed, resumed, shared and asked, by real processes. */
class MainJobIT {

  @TempDir private Path folder;

  private Path job(String constraint) throws IOException {
    Path file = folder.resolve("tiny.yaml");
    Files.writeString(
        file,
        """
        network: {name: resnet20}
        data: {name: shapes-32, splits: {train: 1280, selection: 200, confirmation: 200}}
        pruningNet: {epochs: 2, batch: 64, hidden: 8}
        space: {smallest: 20, step: 20}
        search:
          budget: 16
          window: 4
          metapruning: {population: 6, parents: 3, mutations: 3, crossovers: 2}
        constraints: [{metric: macs, max: %s}]
        evaluation: {recalibrationImages: 100, shard: 100, master: "local[2,4]"}
        confirmation: {top: 2, random: 4}
        output: {name: tiny}
        """
            .formatted(constraint));
    return file;
  }

  private Program program(String home) throws IOException {
    return new Program(
        Program.launcherOfThisCheckout(), Files.createDirectories(folder.resolve(home)));
  }

  @Test
  void run_killedInTrainingAndInSearching_endsInTheSameFront() throws Exception {
    Path file = job("50%");
    Program unbroken = program("unbroken home");
    Program.Finished whole = unbroken.run("run", file.toString(), "--force");
    assertThat(whole.exit()).as(whole.err()).isZero();

    Program killed = program("killed");
    share(unbroken.home(), killed.home());
    Process run = killed.start("run", file.toString(), "--force");
    killed.killWhen(
        run,
        "tiny-1",
        status -> stage(status).equals("training") && status.path("done").asLong() > 2);
    assertThat(killed.file("tiny-1", "report.json").isEmpty()).isTrue();

    Process search = killed.start("resume", "tiny-1", "--force");
    killed.killWhen(search, "tiny-1", status -> evaluations(status) >= 3);
    assertThat(killed.file("tiny-1", "report.json").isEmpty()).isTrue();

    Program.Finished end = killed.run("resume", "tiny-1", "--force");
    assertThat(end.exit()).as(end.err()).isZero();
    assertThat(killed.file("tiny-1", "report.json").path("front"))
        .isNotEmpty()
        .isEqualTo(unbroken.file("tiny-1", "report.json").path("front"));
    assertThat(evaluations(killed.file("tiny-1", "status.json"))).isEqualTo(16);
  }

  @Test
  void run_withAnotherBudget_reusesThePruningNetAndFindsScoresInTheCache() throws Exception {
    Program program = program("shared");
    assertThat(program.run("run", job("50%").toString(), "--force").exit()).isZero();

    Program.Finished second = program.run("run", job("60%").toString(), "--force");

    assertThat(second.exit()).as(second.err()).isZero();
    assertThat(second.err()).contains("PruningNet").doesNotContain("epoch 1 of 2");
    assertThat(program.file("tiny-2", "status.json").path("counts").path("cacheHits").asLong())
        .isPositive();
    JsonNode best =
        new ObjectMapper().readTree(program.run("best", "tiny-2", "--top", "3", "--json").out());
    assertThat(best.toString()).contains("accuracy");
    assertThat(program.run("show", "tiny-2", "no-such-structure").exit()).isIn(2, 3);
    assertThat(program.run("best", "nothing-7").exit()).isEqualTo(3);
  }

  @Test
  void launcher_throughALinkFromAnotherFolder_prints() throws Exception {
    Path link = Files.createDirectories(folder.resolve("a folder")).resolve("espalier link");
    Files.createSymbolicLink(link, Program.launcherOfThisCheckout());
    Program program = new Program(link, Files.createDirectories(folder.resolve("home")));

    Program.Finished version = program.run("--version");

    assertThat(version.exit()).as(version.err()).isZero();
    assertThat(version.out()).contains("0.1.0");
    assertThat(program.run("frobnicate").exit()).isEqualTo(2);
  }

  private static String stage(JsonNode status) {
    return status.path("stage").asText();
  }

  private static long evaluations(JsonNode status) {
    return status.path("counts").path("evaluations").asLong();
  }

  /** Copies the data set, and how evaluations are measured, but neither weights nor scores. */
  private static void share(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".esp-data") || name.contains(".protocol-")) {
          Path copy = to.resolve(from.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
