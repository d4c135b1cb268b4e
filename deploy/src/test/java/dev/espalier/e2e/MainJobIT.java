package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One whole job, and everything that can be asked about it. */
class MainJobIT {

  @TempDir private static Path folder;
  private static Espalier espalier;
  private static Ended first;

  @BeforeAll
  static void runJob() throws Exception {
    espalier = Espalier.in(folder);
    first = espalier.run("run", TinyJob.in(folder).toString(), "--force");
  }

  @Test
  void run_wholeJob_endsWithTableAndFolder() {
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("searched", "uniform width", "best of random")
        .contains("Files of the job: " + espalier.home().resolve("jobs/tiny-1"));
    assertThat(first.err()).contains("Training the PruningNet", "Searching with metapruning");
  }

  @Test
  void status_finishedJob_isDone() throws Exception {
    JsonNode job = espalier.run("status", "tiny-1", "--json").json();

    assertThat(job.at("/status/stage").asText()).isEqualTo("done");
    assertThat(job.at("/status/counts/evaluations").asInt()).isEqualTo(24);
    assertThat(job.path("running").asBoolean()).isFalse();
  }

  @Test
  void best_withLimits_meetsThem() throws Exception {
    JsonNode best =
        espalier
            .run("best", "tiny-1", "--top", "3", "--max-macs", "40%", "--sort", "macs", "--json")
            .json();

    assertThat(best).isNotEmpty();
    long before = 0;
    for (JsonNode trial : best) {
      long macs = trial.at("/structure/macs").asLong();
      assertThat(trial.at("/structure/macsShare").asDouble()).isLessThanOrEqualTo(0.4);
      assertThat(macs).isGreaterThanOrEqualTo(before);
      before = macs;
    }
  }

  @Test
  void show_bestStructure_addsUpToItsMacs() throws Exception {
    String id = espalier.run("best", "tiny-1", "--json").json().get(0).at("/structure/id").asText();
    JsonNode shown = espalier.run("show", "tiny-1", id, "--json").json();

    long macs = 0;
    for (JsonNode layer : shown.path("layers")) {
      macs += layer.path("macs").asLong();
    }
    assertThat(macs).isEqualTo(shown.at("/structure/macs").asLong());
  }

  @Test
  void report_finishedJob_isAPageOfIt() throws Exception {
    Path file = folder.resolve("page.html");
    String id = espalier.run("best", "tiny-1", "--json").json().get(0).at("/structure/id").asText();

    assertThat(espalier.run("report", "tiny-1", "--out", file.toString()).out())
        .isEqualTo(file + "\n");

    assertThat(file)
        .content()
        .contains(
            "<h1>tiny-1</h1>", id, "uniform width", "SHA-256 of data", "against uniform width");
    assertThat(espalier.run("report", "tiny-1", "--out", "/absent/page.html").code()).isEqualTo(2);
  }

  @Test
  void anyCommand_absentThing_isNotFound() throws Exception {
    assertThat(espalier.run("status", "tiny-9").code()).isEqualTo(3);
    assertThat(espalier.run("show", "tiny-1", "zzzz").code()).isEqualTo(3);
  }

  @Test
  void submit_sameNetOtherBudget_reusesPruningNetAndScores() throws Exception {
    Path job =
        TinyJob.in(
            folder, TinyJob.TEXT.replace("budget: 24", "budget: 30").replace("tiny}", "other}"));

    Ended submitted = espalier.run("submit", job.toString(), "--force", "--json");
    espalier.awaitStatus("other-1", status -> status.path("stage").asText().equals("done"));
    JsonNode status = espalier.run("status", "other-1", "--json").json();

    assertThat(submitted.json().path("id").asText()).isEqualTo("other-1");
    assertThat(status.at("/status/counts/cacheHits").asInt()).isGreaterThan(24);
    assertThat(espalier.home().resolve("jobs/other-1/output"))
        .content()
        .contains("Reusing the PruningNet");

    JsonNode compared = espalier.run("compare", "tiny-1", "other-1", "--json").json();
    // The longer search begins with the same structures.
    assertThat(compared.at("/fronts/0/covered").asDouble()).isEqualTo(1);
    assertThat(compared.at("/fronts/0/hypervolume").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(compared.at("/fronts/1/hypervolume").asDouble());
    assertThat(compared.at("/levels/4/best/tiny-1/selection/accuracy").asDouble())
        .isEqualTo(
            espalier
                .run("best", "tiny-1", "--json")
                .json()
                .get(0)
                .at("/selection/accuracy")
                .asDouble());
  }

  @Test
  void run_inProcessesWithoutCache_findsTheSame() throws Exception {
    String text =
        TinyJob.TEXT
            .replace("local[2,4]", "local[2,4]\n  isolation: process\n  cache: false")
            .replace("tiny}", "apart}");

    Ended ended = espalier.run("run", TinyJob.in(folder, text).toString(), "--force");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(espalier.findings("apart-1")).isEqualTo(espalier.findings("tiny-1"));
    assertThat(ended.err()).doesNotContain("evaluation process");
  }

  @Test
  void resume_finishedJob_findsTheSame() throws Exception {
    String before = espalier.findings("tiny-1");

    assertThat(espalier.run("resume", "tiny-1", "--force").code()).isZero();
    assertThat(espalier.findings("tiny-1")).isEqualTo(before);
  }

  @Test
  void finetune_twoStructures_comparesThemOnFreshImages() throws Exception {
    JsonNode result =
        espalier.run("finetune", "tiny-1", "--spread", "2", "--epochs", "1", "--json").json();

    assertThat(result.path("structures")).hasSize(2);
    assertThat(result.at("/structures/0/confirmation/images").asInt()).isEqualTo(200);
    assertThat(result.at("/agreement/tau").asDouble()).isBetween(-1.0, 1.0);
    assertThat(result.at("/comparisons/0/confirmation/value").asDouble())
        .isCloseTo(
            result.at("/structures/0/confirmation/accuracy").asDouble()
                - result.at("/structures/1/confirmation/accuracy").asDouble(),
            within(1e-12));
    assertThat(result.at("/comparisons/0/both/low").asDouble())
        .isLessThan(result.at("/comparisons/0/both/high").asDouble());

    JsonNode tuned = result.at("/structures/0");
    JsonNode exported = export(tuned.at("/structure/id").asText(), folder.resolve("tuned.onnx"));
    assertThat(exported.path("weights").asText()).isEqualTo("fine-tuned");
    assertThat(exported.at("/agreement/correct").asDouble() / 200)
        .isCloseTo(tuned.at("/confirmation/accuracy").asDouble(), within(0.006));
  }

  @Test
  void export_bestStructure_isAFileThatAnswersAndIsMeasured() throws Exception {
    String id = espalier.run("best", "tiny-1", "--json").json().get(0).at("/structure/id").asText();
    Path plain = folder.resolve("plain.onnx");
    Path folded = folder.resolve("folded.onnx");

    JsonNode exported = export(id, plain);
    export(id, folded, "--fold");
    JsonNode script = export(id, folder.resolve("script.pt"), "--to", "torchscript");
    assertThat(script.at("/agreement/correct")).isEqualTo(exported.at("/agreement/correct"));

    assertThat(exported.at("/agreement/exportedCorrect"))
        .isEqualTo(exported.at("/agreement/correct"));
    assertThat(exported.at("/agreement/largest").asDouble()).isBetween(0.0, 1e-4);
    assertThat(folded).exists();
    assertThat(Files.size(folded)).isLessThan(Files.size(plain));

    Path picture = folder.resolve("wide.png");
    ImageIO.write(new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
    JsonNode predicted =
        espalier.run("predict", plain.toString(), picture.toString(), "--json").json();
    assertThat(predicted.at("/images/0/guesses")).hasSize(3);

    JsonNode files =
        espalier
            .run("measure", plain.toString(), folded.toString(), "--runs", "5", "--json")
            .json();
    assertThat(files.at("/networks/0/speedUp").asDouble()).isEqualTo(1);
    assertThat(files.at("/networks/1/latency/runs").asInt()).isEqualTo(5);
    JsonNode structures =
        espalier.run("measure", "--job", "tiny-1", id, "--runs", "5", "--json").json();
    assertThat(structures.at("/networks/0/name").asText()).isEqualTo("resnet20");
    assertThat(structures.at("/networks/1/latency/median").asDouble()).isPositive();
  }

  @Test
  void network_ofSomebodyElse_isImportedSearchedAndTakenHomeSmaller() throws Exception {
    String id = espalier.run("best", "tiny-1", "--json").json().get(0).at("/structure/id").asText();
    Path foreign = folder.resolve("foreign.onnx");
    JsonNode exported = export(id, foreign);

    JsonNode imported =
        espalier.run("network", "import", foreign.toString(), "--name", "mine", "--json").json();
    assertThat(imported.path("difference").asDouble()).isBetween(0.0, 1e-4);
    assertThat(imported.at("/network/macs")).isEqualTo(exported.at("/structure/macs"));
    assertThat(espalier.run("network", "list").out()).contains("mine", "3x32x32");
    assertThat(espalier.run("network", "show", "mine").out()).contains("stage1.block0.conv1");

    String job =
        TinyJob.TEXT
            .replace("resnet20", "mine")
            .replace("budget: 24", "budget: 8")
            .replace("tiny}", "smaller}");
    Ended ended = espalier.run("run", TinyJob.in(folder, job).toString(), "--force");
    assertThat(ended.code()).as(ended.err()).isZero();
    JsonNode best = espalier.run("best", "smaller-1", "--json").json().get(0);
    assertThat(best.at("/structure/macs").asLong())
        .isLessThanOrEqualTo(exported.at("/structure/macs").asLong() / 2);

    Ended again = espalier.run("network", "import", foreign.toString(), "--name", "mine");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("network 'mine' exists already");
    Ended wrong =
        espalier.run("job", "check", TinyJob.in(folder, job.replace("mine", "mien")).toString());
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("network: 'mien' is unknown");
  }

  @Test
  void export_whereNoFileCanBe_isRefusedAndLeavesNone() throws Exception {
    String id = espalier.run("best", "tiny-1", "--json").json().get(0).at("/structure/id").asText();
    Path nowhere = folder.resolve("absent/some.onnx");

    Ended refused = espalier.run("export", "tiny-1", id, "--out", nowhere.toString());

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--out: found " + nowhere);
    assertThat(nowhere).doesNotExist();
    assertThat(espalier.run("export", "tiny-1", "zzzz").code()).isEqualTo(3);
    Ended foreign = espalier.run("predict", TinyJob.in(folder).toString(), "any.png");
    assertThat(foreign.code()).isEqualTo(2);
    assertThat(foreign.err()).contains("ONNX Runtime cannot load it").doesNotContain("\tat ");
  }

  private static JsonNode export(String id, Path file, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of("export", "tiny-1", id, "--json"));
    command.addAll(List.of("--out", file.toString()));
    command.addAll(List.of(more));
    Ended ended = espalier.run(command.toArray(String[]::new));
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(file).exists();
    return ended.json();
  }

  @Test
  void metrics_runningJob_canBeScraped() throws Exception {
    Path job =
        TinyJob.in(
            folder, TinyJob.TEXT.replace("budget: 24", "budget: 400").replace("tiny}", "scraped}"));
    Running running = espalier.start("run", job.toString(), "--force");
    espalier.awaitStatus("scraped-1", status -> status.at("/counts/evaluations").asInt() > 30);
    String port = Files.readString(espalier.home().resolve("jobs/scraped-1/metrics.port"));
    String metrics = scrape(port.strip());
    running.terminate();
    Ended ended = running.end();

    assertThat(metrics)
        .containsPattern("espalier_evaluations_total\\{outcome=\"scored\"} [1-9]")
        .containsPattern("espalier_best_accuracy_ratio\\{job_id=\"scraped-1\"\\} 0\\.[0-9]+")
        .contains(
            "espalier_hypervolume_ratio", "espalier_structures_in_flight", "jvm_memory_used_bytes");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("Go on with: espalier resume scraped-1");
  }

  private static String scrape(String port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%s/metrics".formatted(port));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
