package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CacheCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--port, 70000, '--port is 70000, expected 0 to 65535'",
    "--join, host, '--join is ''host'', expected HOST:PORT'",
    "--peer, host:, '--peer is ''host:'', expected HOST:PORT'",
    "--memory, 0, '--memory is 0, expected 1 to '",
    "--bind, 0.0.0.0, '--bind is ''0.0.0.0'', expected one address of this machine'"
  })
  void cache_optionThatCannotBe_isRefused(String option, String value, String message) {
    Cli cli = Cli.run("cache", "--home", folder.toString(), option, value);

    assertThat(cli.code()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(message).doesNotContain("\tat ");
  }
}
