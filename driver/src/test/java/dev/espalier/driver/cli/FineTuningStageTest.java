package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.app.JobOwner;
import dev.espalier.driver.app.JobRun;
import dev.espalier.driver.app.measure.OwnWorkplace;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.metrics.JobMetrics;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.report.UnprunedView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.store.Store;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job trains its confirmed structures by themselves, if that is one of its stages, each once. */
class FineTuningStageTest {

  private static final long NEVER = Long.MAX_VALUE;
  private static final String SLICE = "spark.espalier.slice";

  private static final String JOB =
      ResumeCommandTest.JOB.replace("name: tiny", "name: tuned")
          + "stages: [train, search, confirm, fineTune]\nfineTune: {epochs: 2}\n";

  private static final String TAUGHT =
      JOB.replace("{epochs: 2}", "{epochs: 2, distillation: {weight: 0.5}}")
          .replace("local[1]", "local[2]");

  @TempDir private Path root;

  @BeforeEach
  void writeImages() throws IOException {
    ColouredImages.write(
        Files.createDirectories(root.resolve("data")).resolve("coloured" + PackedWriter.EXTENSION),
        300,
        1);
  }

  @AfterEach
  void takeSlicesAsTheyAre() {
    System.clearProperty(SLICE);
  }

  @Test
  void run_fineTune_isAStageThatGoesOnWhereItWasStopped() throws IOException {
    Heard once = new Heard(NEVER);
    JobFolder whole = accept(JOB);
    JobReport report = run(whole, once).orElseThrow();

    assertThat(report.structures()).hasSizeGreaterThan(1);
    assertThat(ids(report))
        .isEqualTo(
            report.confirmed().stream().map(one -> one.structure().id()).distinct().toList());
    assertThat(report.fineTuned()).extracting(FineTunedView::epochs).containsOnly(2);
    assertThat(report.unpruned()).isNull();
    assertThat(report.effort().time()).containsKey("fine-tuning");
    assertThat(once.trained()).singleElement().asString().contains("side by side");

    // Slices of a step or two each.
    System.setProperty(SLICE, "1ms");
    JobFolder stopped = accept(JOB);
    Heard first = new Heard(1);
    assertThat(run(stopped, first)).isEmpty();
    assertThat(stopped.status().stage()).isEqualTo(Stage.STOPPED);
    assertThat(stopped.report(JobReport.class).orElseThrow().fineTuned()).isEmpty();
    Heard second = new Heard(NEVER);
    JobReport resumed = run(stopped, second).orElseThrow();

    assertThat(resumed.fineTuned()).isEqualTo(report.fineTuned());
    assertThat(second.notes).anyMatch(note -> note.contains(": Goes on from step"));
    assertThat(once.stages).contains(Stage.SEARCHING, Stage.CONFIRMING);
    assertThat(second.stages).doesNotContain(Stage.SEARCHING, Stage.CONFIRMING);
    assertThat(checkpoints()).isEmpty();

    // The command finds what the job has trained, and the job what the command has.
    Cli asked = finetune(stopped, "--confirmed");
    assertThat(asked.code()).as(asked.err()).isZero();
    assertThat(asked.err()).doesNotContain("Training");
    assertThat(asked.out()).contains(ids(resumed)).contains("is best on the selection images");
    Heard third = new Heard(NEVER);
    assertThat(run(stopped, third).orElseThrow().fineTuned()).isEqualTo(report.fineTuned());
    assertThat(third.trained()).isEmpty();
  }

  @Test
  void run_distillation_theUnprunedNetworkTeachesTrainedFirstOrAsItWasImported() {
    Heard once = new Heard(NEVER);
    JobFolder job = accept(TAUGHT);
    JobReport report = run(job, once).orElseThrow();

    UnprunedView teacher = Objects.requireNonNull(report.unpruned());
    assertThat(teacher.structure()).isEqualTo(report.full());
    assertThat(teacher.epochs()).isEqualTo(2);
    assertThat(report.fineTuned())
        .extracting(FineTunedView::distillation)
        .containsOnly(new JobSpec.Distillation(0.5, 4));
    assertThat(once.trained()).hasSize(2);
    assertThat(once.trained().get(0)).startsWith("Training " + report.full().id() + " for 2");
    assertThat(once.trained().get(1)).contains("side by side", "taught by the unpruned network");
    assertThat(report.text()).contains("points against the unpruned network");

    Cli asked = finetune(job, "--confirmed", "--distill", "0.5");
    assertThat(asked.code()).as(asked.err()).isZero();
    assertThat(asked.err()).doesNotContain("Training");
    Cli untaught = finetune(job, report.full().genes());
    assertThat(untaught.code()).as(untaught.err()).isZero();
    assertThat(untaught.err()).doesNotContain("Training");
    Cli refused = finetune(job, "best", "--distill", "1.5");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("--distill: found 1.5, expected 0 to 1");

    // The teacher goes out as a file and comes in again as the network of another job.
    String file = root.resolve("full.onnx").toString();
    String id = job.id().text();
    assertThat(cli("export", id, report.full().genes(), "--out", file))
        .contains("weights: fine-tuned for 2 epochs");
    cli("network", "import", file, "--name", "mine");
    Heard other = new Heard(NEVER);
    JobFolder over = accept(TAUGHT.replace("resnet20", "mine").replace("tuned", "mine"));
    JobReport pruned = run(over, other).orElseThrow();

    UnprunedView imported = Objects.requireNonNull(pruned.unpruned());
    assertThat(imported.epochs()).isZero();
    assertThat(imported.selection()).isEqualTo(teacher.selection());
    assertThat(imported.confirmation()).isEqualTo(teacher.confirmation());
    assertThat(imported.test()).isEqualTo(teacher.test());
    assertThat(pruned.fineTuned()).hasSameSizeAs(pruned.structures());
    assertThat(other.trained()).singleElement().asString().contains("taught by the unpruned");
    assertThat(pruned.text()).contains("unpruned, imported");
    assertThat(other.tuned).filteredOn(message -> message.contains("Measuring")).hasSize(1);
    assertThat(other.measured).isPositive();
    assertThat(pruned.made().digests())
        .containsEntry("weights", Sha256.of(over.imported().orElseThrow()));
  }

  private String cli(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--home", root.toString()));
    Cli cli = Cli.run(words.toArray(String[]::new));
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli.out();
  }

  private Cli finetune(JobFolder job, String... more) {
    List<String> words =
        new ArrayList<>(List.of("finetune", job.id().text(), "--epochs", "2", "--home", "" + root));
    words.addAll(List.of(more));
    return Cli.run(words.toArray(String[]::new));
  }

  private static List<String> ids(JobReport report) {
    return report.fineTuned().stream().map(one -> one.structure().id()).toList();
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("pruningnets"))) {
      return files
          .filter(file -> file.toString().contains("finetuning") && Files.isRegularFile(file))
          .filter(file -> !file.endsWith("lock"))
          .toList();
    }
  }

  private JobFolder accept(String job) {
    Home home = new Home(root);
    return new JobAdmission(home)
        .admit(
            JobFile.parse(job, "job.yaml"),
            new JobStore(Store.of(home), "test", InstantSource.system()));
  }

  private Optional<JobReport> run(JobFolder job, Heard heard) {
    Home home = new Home(root);
    return new JobRun(
            home,
            Store.of(home),
            new OwnWorkplace(home),
            JobMetrics::alone,
            heard,
            () -> heard.stop,
            JobOwner.PROCESS,
            InstantSource.system())
        .run(job, GatePolicy.FORCE);
  }

  /** Hears what is trained, and stops a job after so many steps of that. */
  private static final class Heard implements JobListener {

    private final long last;
    private final List<String> tuned = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Stage> stages = EnumSet.noneOf(Stage.class);
    private boolean tuning;
    private int measured;
    private volatile boolean stop;

    Heard(long last) {
      this.last = last;
    }

    List<String> trained() {
      return tuned.stream()
          .skip(1)
          .filter(message -> !message.startsWith("Measuring the unpruned network"))
          .toList();
    }

    @Override
    public void stage(Stage stage, String message) {
      stages.add(stage);
      tuning = stage == Stage.FINE_TUNING;
      if (tuning) {
        tuned.add(message);
      }
    }

    @Override
    public void progress(Progress progress) {
      measured += tuning && progress.unit().equals("images") ? 1 : 0;
      stop = stop || tuning && progress.done() >= last;
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }
}
