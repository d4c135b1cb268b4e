package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.driver.app.profile.ProfilePlan;
import dev.espalier.search.latency.Kernel;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.latency.LatencyText;
import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.latency.Timing;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileCommandTest {

  @TempDir private Path folder;

  @Test
  void profile_network_writesATableAndComparesIt() throws Exception {
    Path file = folder.resolve("box.tsv");

    Cli made =
        profile(
            "--network",
            "resnet20",
            "--image",
            "3x16x16",
            "--classes",
            "4",
            "--widths",
            "2",
            "--measurements",
            "2",
            "--check",
            "2",
            "--device",
            "a box",
            "--out",
            file.toString(),
            "--json");

    assertThat(made.code()).as(made.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(made.out());
    LatencyTable table = LatencyText.parse(Files.readString(file), "box.tsv");
    assertThat(table.device().name()).isEqualTo("a box");
    assertThat(table.device().runtime()).startsWith("ONNX Runtime 1.");
    assertThat(result.path("operations").asInt()).isEqualTo(table.timings().size());
    assertThat(result.at("/prediction/structures")).hasSize(2);
    double error = 0;
    for (JsonNode one : result.at("/prediction/structures")) {
      double measured = one.path("measured").asDouble();
      assertThat(measured).isPositive();
      error += Math.abs(one.path("predicted").asDouble() - measured) / measured / 2;
    }
    assertThat(result.at("/prediction/meanError").asDouble()).isCloseTo(error, within(1e-9));
    SearchSpace space =
        SearchSpace.of(Zoo.network("resnet20", new Shape(3, 16, 16), 4), RatioGrid.METAPRUNING);
    // Some 60 times as many multiplications.
    assertThat(table.microseconds(space.network()))
        .isGreaterThan(1.5 * table.microseconds(space.apply(space.narrowest())));
    assertThat(table.timings()).allSatisfy(ProfileCommandTest::assertTimed);
  }

  /** Small differences may be noise below nothing, a whole call is not. */
  private static void assertTimed(Kernel kernel, Timing timing) {
    assertThat(timing.count()).isEqualTo(2);
    if (kernel.operation().kind() == Kind.CALL) {
      assertThat(timing.mean()).isPositive();
    }
  }

  @Test
  void profile_plan_isReadBack() throws Exception {
    Path file = folder.resolve("box.plan");

    Cli made = profile("--network", "mobilenetv2", "--plan", "--out", file.toString());

    assertThat(made.code()).as(made.err()).isZero();
    ProfilePlan plan = ProfilePlan.parse(Files.readString(file), "box.plan");
    assertThat(plan.wide().describe())
        .isEqualTo(Zoo.network("mobilenetv2", new Shape(3, 32, 32), 10).describe());
    assertThat(plan.narrow().nodes()).hasSameSizeAs(plan.wide().nodes());
  }

  @Test
  void profile_optionsThatCannotBe_areRefused() {
    assertRefused("expected a job file or --network");
    assertRefused(
        "--image: found '32', expected channels", "--network", "resnet20", "--image", "32");
    assertRefused(
        "--widths: found 1, expected 2 to 1000", "--network", "resnet20", "--widths", "1");
    assertRefused("--check: found -1", "--network", "resnet20", "--check", "-1");
    assertRefused("--measurements: found 1", "--network", "resnet20", "--measurements", "1");
    assertRefused("--check: found 1001, expected 0 to 1000", "--check", "1001");
    assertRefused(
        "--threads: found 1025, expected 1 to 1024", "--network", "resnet20", "--threads", "1025");
    assertRefused(
        "--batch: found 4097, expected 1 to 4096", "--network", "resnet20", "--batch", "4097");
    assertRefused(
        "--classes: found 0, expected 1 to 10000", "--network", "resnet20", "--classes", "0");
    assertRefused(
        "--image: found 99999, expected 1 to 4096",
        "--network",
        "resnet20",
        "--image",
        "3x99999x99999");
    assertRefused(
        "values in a batch of 1, 16x4096x4096 each",
        "--network",
        "resnet20",
        "--image",
        "3x4096x4096");
    assertRefused(
        "268435456 values in a batch of 4096, 16x64x64 each",
        "--network",
        "resnet20",
        "--image",
        "3x64x64",
        "--batch",
        "4096");
    assertRefused("network: 'resnet' is unknown", "--network", "resnet");
  }

  private void assertRefused(String message, String... options) {
    Cli refused = profile(options);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains(message);
    assertThat(folder.resolve("latency.tsv")).doesNotExist();
  }

  private Cli profile(String... options) {
    List<String> arguments = new ArrayList<>(List.of("profile"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--home", folder.resolve("home").toString()));
    return Cli.run(arguments.toArray(String[]::new));
  }
}
