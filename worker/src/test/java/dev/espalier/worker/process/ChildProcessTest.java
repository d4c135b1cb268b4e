package dev.espalier.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.worker.failure.EvaluationFailedException;
import dev.espalier.worker.scorer.ActingScorers;
import dev.espalier.worker.scorer.RoughSource;
import dev.espalier.worker.serial.Messages;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {

  @TempDir Path folder;

  @Test
  void ask_workWithoutAStructure_failsAndEndsTheChild() {
    try (ChildProcess child = opened()) {
      assertThatThrownBy(() -> child.ask(new Frame(Frame.Kind.RECALIBRATE), () -> {}))
          .isInstanceOfSatisfying(
              EvaluationFailedException.class,
              e -> {
                assertThat(e.failed().kind()).isEqualTo(Kind.ERROR);
                assertThat(e.failed().reason()).contains("without a structure");
              });
      assertThat(child.isAlive()).isFalse();
    }
  }

  @Test
  void main_parentIsGone_endsThoughItHangs() throws Exception {
    RoughSource source = RoughSource.in(folder);
    Process process = new ProcessBuilder(ChildProcess.command()).start();
    try (DataOutputStream requests = new DataOutputStream(process.getOutputStream())) {
      opening().writeTo(requests);
      new Frame(Frame.Kind.PREPARE, Messages.encode(RoughSource.pause(1))).writeTo(requests);
      new Frame(Frame.Kind.RECALIBRATE).writeTo(requests);
      new Frame(Frame.Kind.SCORE, new byte[4]).writeTo(requests);
      assertThat(source.awaitPause(1).isAlive()).isTrue();
    }

    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void main_signalsOfATerminal_changeNothing() throws Exception {
    try (ChildProcess child = opened()) {
      String number = Long.toString(child.pid());
      for (String signal : List.of("-INT", "-TERM", "-HUP")) {
        new ProcessBuilder("kill", signal, number).start().waitFor();
      }

      child.ask(new Frame(Frame.Kind.PREPARE, Messages.encode(RoughSource.score(1))), () -> {});

      assertThat(child.isAlive()).isTrue();
    }
  }

  private ChildProcess opened() {
    ChildProcess child = ChildProcess.start();
    child.ask(opening(), () -> {});
    return child;
  }

  private Frame opening() {
    return new Frame(
        Frame.Kind.OPEN,
        Opening.of(ActingScorers.context(Duration.ofMinutes(1)), RoughSource.in(folder)).bytes());
  }

  @Test
  void classPath_loaderWithJarsOfItsOwn_hasThemToo() throws IOException {
    Path jar = Path.of("a jar with spaces.jar").toAbsolutePath();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
      assertThat(ChildProcess.classPath(loader))
          .isEqualTo(System.getProperty("java.class.path") + File.pathSeparator + jar);
    }
    assertThat(ChildProcess.classPath(ClassLoader.getSystemClassLoader()))
        .isEqualTo(System.getProperty("java.class.path"));
  }
}
