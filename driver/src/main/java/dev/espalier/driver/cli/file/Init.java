package dev.espalier.driver.cli.file;

import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.config.JobTemplate;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier job init}: writes the job file that people start from. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Write a commented job file with every field and its default.")
final class Init implements Runnable {

  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write; it must not exist (default: standard output).")
  private @Nullable Path file;

  @Override
  public void run() {
    if (file == null) {
      output.print(Map.of("text", JobTemplate.text()), JobTemplate.text());
      return;
    }
    try {
      Files.writeString(file, JobTemplate.text(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new BadInputException(
          "%s: exists already, expected a new file. Maybe choose another name?".formatted(file), e);
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be written (%s)".formatted(file, e), e);
    }
    output.print(Map.of("file", file.toString()), "Wrote %s%n".formatted(file));
  }
}
