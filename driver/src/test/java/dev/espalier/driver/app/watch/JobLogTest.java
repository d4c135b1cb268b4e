package dev.espalier.driver.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class JobLogTest {

  private static final Logger LOG = LoggerFactory.getLogger(JobLogTest.class);

  @TempDir private Path folder;

  @Test
  void lines_ofTwoJobsAndOfNone_goEachToTheirOwnFile() throws Exception {
    Path process = folder.resolve("process");
    try (JobLog log = JobLog.ofProcess(process)) {
      Thread first = new Thread(() -> work("first-1"));
      Thread second = new Thread(() -> work("second-1"));
      first.start();
      second.start();
      first.join();
      second.join();
      LOG.info("of no job");
    }

    assertThat(Files.readAllLines(folder.resolve("first-1/log")))
        .singleElement()
        .asString()
        .endsWith("works on first-1");
    assertThat(Files.readAllLines(folder.resolve("second-1/log")))
        .singleElement()
        .asString()
        .endsWith("works on second-1");
    assertThat(Files.readAllLines(process)).singleElement().asString().endsWith("of no job");
  }

  @Test
  void current_afterClose_isNone() {
    try (JobLog log = JobLog.of("first-1", log("first-1"))) {
      assertThat(JobLog.current()).endsWith("first-1/log");
    }
    assertThat(JobLog.current()).isNull();
  }

  private void work(String id) {
    try (JobLog log = JobLog.of(id, log(id))) {
      LOG.info("works on {}", id);
    }
  }

  private Path log(String id) {
    return folder.resolve(id).resolve("log");
  }
}
