package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @Test
  void run_version_isThatOfTheBuild() {
    Cli cli = Cli.run("--version");

    assertThat(cli.code()).isZero();
    assertThat(cli.out()).matches("(?s)espalier \\d+\\.\\d+\\.\\d+\\RJava 17.*");
  }

  @Test
  void run_help_goesToStandardOutput() {
    Cli cli = Cli.run("--help");

    assertThat(cli.code()).isZero();
    assertThat(cli.out()).contains("Usage: espalier", "Exit codes: 0 done");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void run_nothing_isUsageError() {
    Cli cli = Cli.run();

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).contains("A command is missing.", "Maybe read 'espalier --help'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--colour", "jbo"})
  void run_unknownWord_isUsageErrorWithoutStackTrace(String word) {
    Cli cli = Cli.run(word);

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).contains(word).doesNotContain("\tat ");
  }

  @Test
  void run_completion_isScriptOfEveryCommand() {
    Cli cli = Cli.run("completion");

    assertThat(cli.code()).isZero();
    assertThat(cli.out()).startsWith("#!/usr/bin/env bash").contains("--output", "schema");
  }

  @Test
  void run_homeThatCannotBeMade_failsInWords(@TempDir Path folder) throws IOException {
    Path job = folder.resolve("job.yaml");
    assertThat(Cli.run("job", "init", "--output", job.toString()).code()).isZero();
    Path home = Files.createFile(folder.resolve("home"));

    Cli cli = Cli.run("submit", job.toString(), "--home", home.toString());

    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err())
        .contains(home.toString(), "Not a directory")
        .doesNotContain("\tat ", "Exception");
  }
}
