package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose scores are kept by members of the cache that are processes of their own. */
class CacheIT {

  private static final String TEXT =
      TinyJob.TEXT
          .replace("epochs: 3", "epochs: 1")
          .replace("budget: 24", "budget: 60")
          .replace("recalibrationImages: 64", "recalibrationImages: 160")
          .replace("top: 2, random: 6", "top: 1, random: 2");

  @TempDir private Path folder;

  @Test
  void run_membersAreKilledOneAfterTheOther_goesOnAndFindsTheSame() throws Exception {
    Espalier espalier = Espalier.in(folder);
    Running one = startMember(espalier);
    Running two = startMember(espalier, "--memory", "32");
    Running job = start(espalier, "tiny");
    awaitEvaluations(espalier, 5);
    one.kill();
    awaitEvaluations(espalier, 15);
    two.kill();
    boolean searching = job.process().isAlive();
    Ended ended = job.end();

    assertThat(Files.readString(two.out())).contains(" beside 127.0.0.1:");
    assertThat(searching).as("the members were killed before the job had ended").isTrue();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("Score cache: shared with another process at 127.0.0.1:");

    Running third = startMember(espalier);
    assertThat(Files.readString(third.out())).doesNotContain(" 0 scores");
    Ended again = start(espalier, "again").end();
    third.terminate();
    JsonNode counts = counts(espalier, "again-1");

    assertThat(again.code()).as(again.err()).isZero();
    assertThat(third.end().code()).isZero();
    assertThat(espalier.findings("again-1")).isEqualTo(espalier.findings("tiny-1"));
    assertThat(counts.path("evaluations").asInt()).isEqualTo(60);
    assertThat(counts.path("cacheHits").asInt()).isPositive();
  }

  @Test
  void cache_wrongOptions_areBadInput() throws Exception {
    Espalier espalier = Espalier.in(folder);

    assertThat(espalier.run("cache", "--bind", "0.0.0.0").code()).isEqualTo(2);
    assertThat(espalier.run("cache", "--memory", "100000000").err())
        .contains("--memory is 100000000, expected 1 to", "half of the heap");
    Ended alone = espalier.run("cache", "--join", "127.0.0.1:1");
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.err())
        .contains("no member with the same secret answers at 127.0.0.1:1")
        .doesNotContain("\tat ");
  }

  private Running start(Espalier espalier, String name) throws Exception {
    String text = TEXT.replace("tiny}", name + "}");
    return espalier.start("run", TinyJob.in(folder, text).toString(), "--force");
  }

  private static Running startMember(Espalier espalier, String... options) throws Exception {
    String[] command = new String[options.length + 1];
    command[0] = "cache";
    System.arraycopy(options, 0, command, 1, options.length);
    Running member = espalier.start(command);
    member.awaitOutput("own member at");
    return member;
  }

  private static void awaitEvaluations(Espalier espalier, int least) throws Exception {
    espalier.awaitStatus("tiny-1", status -> status.at("/counts/evaluations").asInt() >= least);
  }

  private static JsonNode counts(Espalier espalier, String id) throws Exception {
    return espalier.run("status", id, "--json").json().at("/status/counts");
  }
}
