package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.driver.app.profile.ProfilePlan;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.latency.LatencyText;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
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
    assertThat(result.at("/prediction/meanError").asDouble()).isBetween(0.0, 5.0);
    assertThat(table.microseconds(Zoo.network("resnet20", new Shape(3, 16, 16), 4)))
        .isBetween(10.0, 1e6);
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
        "--widths: found 1, expected at least 2", "--network", "resnet20", "--widths", "1");
    assertRefused("--check: found -1", "--network", "resnet20", "--check", "-1");
    assertRefused("--measurements: found 1", "--network", "resnet20", "--measurements", "1");
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
