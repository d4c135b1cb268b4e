package dev.espalier.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.job.ConstraintSpec;
import dev.espalier.search.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartFileTest {

  @Test
  void parse_quickstart_isMainJobOnGeneratedImages() throws Exception {
    try (var in = JobFile.class.getResourceAsStream("quickstart.yaml")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      JobSpec job = JobFile.parse(text, "quickstart.yaml").spec();

      assertThat(job.data().name()).isEqualTo("shapes-32");
      assertThat(job.constraints()).isEqualTo(List.of(new ConstraintSpec("macs", null, "50%")));
    }
  }
}
