package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.app.JobView;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.store.Store;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.onnx.OnnxFile;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkCommandTest {

  private static final String JOB =
      """
      network: {name: mine}
      data: {name: coloured, splits: {train: 60, selection: 30, confirmation: 30}}
      evaluation: {recalibrationImages: 30}
      """;

  @TempDir private Path folder;
  private Home home;

  @BeforeEach
  void makeImages() throws Exception {
    home = new Home(folder.resolve("home"));
    Files.createDirectories(home.data());
    ColouredImages.write(home.data().resolve("coloured" + PackedWriter.EXTENSION), 180, 1);
  }

  @Test
  void import_newNetwork_isListedAndShown() {
    Cli imported = run("import", onnx("resnet20", 3), "--name", "mine");

    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(run("list").out()).contains("mine", "3x32x32");
    assertThat(run("show", "mine").out()).contains("stage1.block0.conv1");
  }

  @Test
  void import_scaling_isThatOfTheFileUnlessOneIsGiven() {
    run("import", onnx("resnet20", 3), "--name", "mine");
    assertThat(run("show", "mine").out()).contains("mean 0.5 0.5 0.5, std 0.25 0.25 0.25");

    String[] given = {"--mean", "0.4,0.5,0.6", "--std", "0.1,0.2,0.3"};
    Cli scaled =
        run(
            "import",
            onnx("resnet20", 3),
            "--name",
            "other",
            given[0],
            given[1],
            given[2],
            given[3]);
    assertThat(scaled.code()).as(scaled.err()).isZero();
    assertThat(run("show", "other").out()).contains("mean 0.4 0.5 0.6, std 0.1 0.2 0.3");

    assertRefused(
        run("import", onnx("resnet20", 3), "--name", "third", "--mean", "0.4,0.5,0.6"),
        "--mean and --std: found one");
    assertRefused(
        run("import", onnx("resnet20", 3), "--name", "third", "--mean", "0.5", "--std", "0.2"),
        "expected 3 finite numbers each");
    assertThat(run("list").out()).doesNotContain("third");
  }

  /** Else a teacher answers NaN, hours later. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "NaN,0,0 1,1,1",
        "0,-Infinity,0 1,1,1",
        "0,0,0 Infinity,1,1",
        "0,0,0 1,NaN,1",
        "0,0,0 1,1,0",
        "0,0,0 1,-1,1"
      })
  void import_scalingThatIsNone_isRefused(String mean, String std) {
    assertRefused(
        run("import", onnx("resnet20", 3), "--name", "third", "--mean=" + mean, "--std=" + std),
        "--mean and --std: found [");
    assertThat(run("list").out()).doesNotContain("third");
  }

  @Test
  void check_teacherOfOtherClasses_isRefusedWithBoth() throws Exception {
    run("import", onnx("resnet20", "x", "y", "z"), "--name", "mine");
    String taught =
        JOB
            + "stages: [train, search, confirm, fineTune]\n"
            + "fineTune: {distillation: {weight: 0.5}}\n";
    Path job = Files.writeString(folder.resolve("job.yaml"), taught);

    assertRefused(
        Cli.run("job", "check", job.toString(), "--home", home.root().toString()),
        "knows the classes [x, y, z], but those of data set 'coloured' are ");
  }

  @Test
  void import_nameThatIsTakenOrUnusable_isRefused() {
    run("import", onnx("resnet20", 3), "--name", "mine");

    assertRefused(run("import", onnx("resnet20", 3), "--name", "mine"), "exists already");
    assertRefused(run("import", onnx("resnet20", 3), "--name", "resnet32"), "another one of");
    assertRefused(run("import", onnx("resnet20", 3), "--name", "cells"), "another one of");
    assertRefused(run("import", onnx("resnet20", 3), "--name", "../up"), "lower-case letters");
  }

  @Test
  void show_noSuchNetwork_isNotFoundWithAGuess() {
    run("import", onnx("resnet20", 3), "--name", "mine");

    Cli shown = run("show", "mien");
    assertThat(shown.code()).isEqualTo(3);
    assertThat(shown.err()).contains("Maybe 'mine' is meant?");
  }

  @Test
  void list_foreignAndDamagedFiles_namesTheDamagedOne() throws Exception {
    run("import", onnx("resnet20", 3), "--name", "mine");
    Files.writeString(home.networks().resolve("Notes of mine.network"), "x");
    assertThat(run("list").code()).isZero();

    Files.writeString(home.networks().resolve("broken.network"), "x");
    assertRefused(run("list"), "broken.network");
  }

  @Test
  void check_networkOfOtherClasses_isRefusedWithBoth() throws Exception {
    run("import", onnx("resnet20", 7), "--name", "mine");
    Path job = Files.writeString(folder.resolve("job.yaml"), JOB);

    assertRefused(
        Cli.run("job", "check", job.toString(), "--home", home.root().toString()),
        "has 7 classes, but data set 'coloured' has 3x32x32 and 3");
  }

  @Test
  void check_networkThatNobodyKnows_isRefusedWithAllNames() throws Exception {
    run("import", onnx("resnet20", 3), "--name", "mine");
    Path job = Files.writeString(folder.resolve("job.yaml"), JOB.replace("mine", "mina"));

    Cli checked = Cli.run("job", "check", job.toString(), "--home", home.root().toString());
    assertRefused(checked, "'mina' is unknown");
    assertThat(checked.err()).contains("resnet20", "cells", "mine", "espalier network import");
  }

  @Test
  void admit_networkThatIsReplacedAfterwards_staysWhatItWas() throws Exception {
    run("import", onnx("resnet20", 3), "--name", "mine");
    JobStore jobs = new JobStore(Store.of(home), "1", InstantSource.system());
    JobFolder job = new JobAdmission(home).admit(JobFile.parse(JOB, "job.yaml"), jobs);
    Network admitted = JobView.of(home, job).plan().space().network();

    Files.delete(home.networks().resolve("mine.network"));
    assertThat(JobView.of(home, job).plan().space().network()).isEqualTo(admitted);
    run("import", onnx("resnet32", 3), "--name", "mine");
    assertThat(JobView.of(home, job).plan().space().network()).isEqualTo(admitted);
  }

  private Cli run(String command, String... more) {
    String[] all = new String[more.length + 4];
    all[0] = "network";
    all[1] = command;
    System.arraycopy(more, 0, all, 2, more.length);
    all[all.length - 2] = "--home";
    all[all.length - 1] = home.root().toString();
    return Cli.run(all);
  }

  private String onnx(String network, int classes) {
    return onnx(
        network, IntStream.range(0, classes).mapToObj(k -> "class " + k).toArray(String[]::new));
  }

  private String onnx(String network, String... classes) {
    Path file = folder.resolve(network + "-" + classes.length + ".onnx");
    ImageConvention images =
        new ImageConvention(
            List.of(classes), Collections.nCopies(3, 0.5), Collections.nCopies(3, 0.25));
    try (TrainedNetwork any =
        TrainedNetwork.untrained(
            Zoo.network(network, new Shape(3, 32, 32), classes.length),
            images,
            new RandomStreams(1))) {
      OnnxFile.write(file, any, Map.of());
    }
    return file.toString();
  }

  private static void assertRefused(Cli cli, String message) {
    assertThat(cli.code()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(message).doesNotContain("\tat ");
  }
}
