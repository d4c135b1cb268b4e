package dev.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.images.Dockerfile.Instruction;
import dev.espalier.images.Dockerfile.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must hold for the image, as far as its Dockerfile says. */
class DockerfileTest {

  private static final Set<String> KNOWN =
      Set.of("WORKDIR", "COPY", "RUN", "ENV", "VOLUME", "USER", "HEALTHCHECK", "ENTRYPOINT", "CMD");

  private static Dockerfile file;

  @BeforeAll
  static void read() throws Exception {
    file = Dockerfile.read();
  }

  @Test
  void stages_basesAreTagged_andTheImageHasNoBuildTools() {
    assertThat(file.stages()).extracting(Stage::name).containsExactly("build", "");
    assertThat(file.stages()).allMatch(stage -> stage.base().matches("\\S+:\\S*[0-9]\\S*"));
    assertThat(file.image().all("RUN")).noneMatch(run -> run.matches(".*\\b(apt|mvn|curl)\\b.*"));
    assertThat(file.image().instructions().stream().map(Instruction::keyword))
        .allMatch(KNOWN::contains);
  }

  @Test
  void image_user_isANumberAndNotRoot() {
    assertThat(file.image().all("USER")).containsExactly("10001:10001");
    int user = file.image().instructions().indexOf(new Instruction("USER", "10001:10001"));
    assertThat(file.image().instructions().subList(user, file.image().instructions().size()))
        .extracting(Instruction::keyword)
        .doesNotContain("RUN", "COPY");
  }

  @Test
  void image_environment_loadsNothingAndHoldsNoSecret() throws Exception {
    assertThat(file.image().environment())
        .containsEntry("DJL_CACHE_DIR", "/opt/espalier/natives")
        .containsEntry("ESPALIER_BUILD", "never")
        .containsEntry("ESPALIER_LOG", "json");
    assertThat(file.image().environment().keySet()).noneMatch(name -> name.contains("PASSWORD"));
    assertThat(Files.readString(Path.of("bin", "jvm.options"))).contains("-Dai.djl.offline=true");
    assertThat(file.image().last("VOLUME")).isEqualTo("[\"/home/espalier\", \"/scratch\"]");
  }

  @Test
  void image_commands_needNoShell() throws Exception {
    String health = file.image().last("HEALTHCHECK");
    assertThat(health).contains("--interval=", "--timeout=", "--start-period=");
    for (String list :
        List.of(
            file.image().last("ENTRYPOINT"),
            file.image().last("CMD"),
            health.substring(health.indexOf('[')))) {
      assertThat(Dockerfile.words(list)).isNotEmpty();
    }
  }

  @Test
  void copies_anyOne_exist() {
    for (String copy : file.image().all("COPY")) {
      String[] words = copy.split(" ");
      for (int i = 0; !words[0].startsWith("--from=") && i < words.length - 1; i++) {
        assertThat(Path.of("..").resolve(words[i])).exists();
      }
    }
    assertThat(Path.of("../.dockerignore")).content().contains("\n*\n", "**/target");
  }
}
