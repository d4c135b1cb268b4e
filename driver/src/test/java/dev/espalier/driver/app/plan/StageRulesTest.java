package dev.espalier.driver.app.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.config.JobFile;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageRulesTest {

  private static final String GIVEN = "{name: mobile, architecture: none}";

  @TempDir private Path folder;

  @Test
  void requireNetwork_openAndNotToBeFound_isRefused() {
    assertThatThrownBy(
            () -> StageRules.requireNetwork(job("{name: mobile}", "[train, search, confirm]"), ""))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("network mobile has no architecture yet", "Maybe add find");
  }

  @Test
  void requireNetwork_givenAndNotToBeFound_isAccepted() {
    assertThatCode(() -> StageRules.requireNetwork(job(GIVEN, "[train]"), ""))
        .doesNotThrowAnyException();
    assertThatCode(() -> StageRules.requireNetwork(job("{name: resnet20}", "[train, search]"), ""))
        .doesNotThrowAnyException();
  }

  @Test
  void requireNetwork_openButFoundBefore_isAccepted() {
    assertThatCode(
            () -> StageRules.requireNetwork(job("{name: mobile}", "[train, search]"), "k3e6 none"))
        .doesNotThrowAnyException();
  }

  @Test
  void requireNetwork_givenAndNothingElseToDo_isRefused() {
    assertThatThrownBy(() -> StageRules.requireNetwork(job(GIVEN, "[find]"), ""))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nothing to do");
  }

  @Test
  void requirePruningNet_neitherThereNorToBeTrained_isRefused() throws Exception {
    Path file = folder.resolve("net.pruningnet");
    JobSpec job = job("{name: resnet20}", "[search, confirm]");

    assertThatThrownBy(() -> StageRules.requirePruningNet(job, file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("there is no PruningNet", "Maybe add train");

    Files.createFile(file);
    assertThatCode(() -> StageRules.requirePruningNet(job, file)).doesNotThrowAnyException();
  }

  @Test
  void requirePruningNet_toBeTrainedOrNotNeeded_isAccepted() {
    Path absent = folder.resolve("absent");

    assertThatCode(
            () -> StageRules.requirePruningNet(job("{name: cells}", "[find, train]"), absent))
        .doesNotThrowAnyException();
    assertThatCode(() -> StageRules.requirePruningNet(job("{name: cells}", "[find]"), absent))
        .doesNotThrowAnyException();
  }

  @Test
  void requirePruningNet_networkStillOpen_isRefusedWhateverIsThere() throws Exception {
    Path ofAnother = Files.createFile(folder.resolve("net.pruningnet"));

    assertThatThrownBy(
            () -> StageRules.requirePruningNet(job("{name: cells}", "[find, search]"), ofAnother))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("for a network that is to be found");
  }

  private static JobSpec job(String network, String stages) {
    return JobFile.parse(
            "network: %s\ndata: {name: some}\nstages: %s\n".formatted(network, stages), "job.yaml")
        .spec();
  }
}
