package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.app.GatePolicy;
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
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.store.Store;
import dev.espalier.pruningnet.dataset.PackedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job trains its confirmed structures by themselves, if that is one of its stages, each once. */
class FineTuningStageTest {

  private static final int NEVER = Integer.MAX_VALUE;

  private static final String JOB =
      ResumeCommandTest.JOB.replace("name: tiny", "name: tuned")
          + "stages: [train, search, confirm, fineTune]\nfineTune: {epochs: 2}\n";

  @TempDir private Path root;

  @Test
  void run_fineTune_isAStageThatGoesOnWhereItWasStopped() throws IOException {
    ColouredImages.write(
        Files.createDirectories(root.resolve("data")).resolve("coloured" + PackedWriter.EXTENSION),
        300,
        1);

    Heard once = new Heard(NEVER);
    JobFolder whole = accept();
    JobReport report = run(whole, once).orElseThrow();

    int structures = report.structures().size();
    assertThat(structures).isGreaterThan(1);
    assertThat(ids(report))
        .isEqualTo(
            report.confirmed().stream().map(one -> one.structure().id()).distinct().toList());
    assertThat(report.fineTuned()).extracting(FineTunedView::epochs).containsOnly(2);
    assertThat(report.effort().time()).containsKey("fine-tuning");
    assertThat(once.trained()).hasSize(structures);

    // Stopped in the first step of the second structure.
    JobFolder stopped = accept();
    Heard first = new Heard(2);
    assertThat(run(stopped, first)).isEmpty();
    assertThat(stopped.status().stage()).isEqualTo(Stage.STOPPED);
    assertThat(stopped.report(JobReport.class).orElseThrow().fineTuned()).isEmpty();
    Heard second = new Heard(NEVER);
    JobReport resumed = run(stopped, second).orElseThrow();

    assertThat(resumed.fineTuned()).isEqualTo(report.fineTuned());
    assertThat(second.trained()).hasSize(structures - 1).doesNotContain(first.trained().get(0));
    assertThat(second.trained().get(0)).isEqualTo(first.trained().get(1));
    assertThat(second.notes).anyMatch(note -> note.startsWith("Goes on from step"));
    assertThat(once.stages).contains(Stage.SEARCHING, Stage.CONFIRMING);
    assertThat(second.stages).doesNotContain(Stage.SEARCHING, Stage.CONFIRMING);
    assertThat(checkpoints()).isEmpty();

    // The command finds what the job has trained, and the job what the command has.
    Cli asked =
        Cli.run(
            "finetune", stopped.id().text(), "--confirmed", "--epochs", "2", "--home", "" + root);
    assertThat(asked.code()).as(asked.err()).isZero();
    assertThat(asked.err()).doesNotContain("Training");
    assertThat(asked.out()).contains(ids(resumed));
    Heard third = new Heard(NEVER);
    assertThat(run(stopped, third).orElseThrow().fineTuned()).isEqualTo(report.fineTuned());
    assertThat(third.trained()).isEmpty();
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

  private JobFolder accept() {
    return new JobStore(Store.of(new Home(root)), "test", InstantSource.system())
        .accept(JobFile.parse(JOB, "job.yaml"));
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

  /** Hears what is trained, and stops a job in the n-th training of a structure. */
  private static final class Heard implements JobListener {

    private final int last;
    private final List<String> tuned = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Stage> stages = EnumSet.noneOf(Stage.class);
    private boolean tuning;
    private volatile boolean stop;

    Heard(int last) {
      this.last = last;
    }

    List<String> trained() {
      return tuned.subList(Math.min(1, tuned.size()), tuned.size());
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
      stop = stop || tuning && trained().size() == last;
    }

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }
}
