package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier quickstart}: the main job on a generated data set, in a few minutes. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = {
      "Run a small job on a generated data set: train a PruningNet for ResNet-20 and search for",
      "networks of at most half the MACs. Takes a few minutes and needs nothing."
    })
public final class Quickstart implements Callable<Integer> {

  private static final String JOB = "quickstart.yaml";

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    JobFile file = JobFile.parse(text(), JOB);
    JobFolder job = new JobAdmission(home.home()).admit(file, home.jobs());
    int code = new JobRunner(home, output).run(job, GatePolicy.STOP);
    if (code == 0) {
      output.note("Look closer with: espalier best %s%s".formatted(job.id(), home.argument()));
    }
    return code;
  }

  private static String text() {
    try (InputStream in = JobFile.class.getResourceAsStream(JOB)) {
      if (in == null) {
        throw new IllegalStateException(JOB + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
