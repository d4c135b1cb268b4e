package dev.espalier.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.espalier.driver.TextDamage;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text at all in place of a job file. */
class JobFileFuzzTest {

  @Property(tries = 3000)
  void parse_damagedJob_isAJobOrRefused(@ForAll("jobs") String text) {
    Throwable refusal = catchThrowable(() -> JobFile.parse(text, "fuzz.yaml"));

    if (refusal != null) {
      assertThat(refusal)
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith("fuzz.yaml:");
    }
  }

  @Property(tries = 300)
  void read_anyBytes_isAJobOrRefused(@ForAll byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzz", ".yaml");
    try {
      Files.write(file, bytes);

      assertThat(catchThrowable(() -> JobFile.read(file)))
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  @Example
  void read_hugeFile_isRefusedBeforeItIsRead() throws IOException {
    Path file = Files.createTempFile("huge", ".yaml");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(1L << 40);

      assertThatThrownBy(() -> JobFile.read(file))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("1099511627776 bytes");
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> jobs() {
    String whole = JobTemplate.text().replaceAll("(?m)^ *#.*\\n", "");
    return Arbitraries.oneOf(TextDamage.of(whole), Arbitraries.strings().ofMaxLength(100));
  }
}
