package dev.espalier.e2e;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A job that nothing disturbed, with what it takes to run the same job elsewhere.
 *
 * @param espalier whose home it was run in
 * @param findings what it found
 * @param training how long it trained
 * @param searching how long it searched
 */
record Unbroken(Espalier espalier, String findings, Duration training, Duration searching) {

  /** The tiny job, with enough epochs and structures to be broken off several times. */
  static final String TEXT =
      TinyJob.TEXT
          .replace("train: 640", "train: 320")
          .replace("epochs: 3, batch: 64", "epochs: 6, batch: 32")
          .replace("budget: 24", "budget: 48");

  static final String ID = "tiny-1";

  /** Runs the job before the first test that asks for it, once for all of them. */
  static final class Run implements ParameterResolver {

    private static final ExtensionContext.Namespace STORE =
        ExtensionContext.Namespace.create(Unbroken.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Unbroken.class;
    }

    @Override
    public Unbroken resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(STORE)
          .computeIfAbsent("unbroken", key -> new Kept(), Kept.class)
          .unbroken;
    }

    /** Is closed by JUnit after the last test. */
    private static final class Kept implements AutoCloseable {

      private final Path folder;
      private final Unbroken unbroken;

      Kept() {
        try {
          folder = Files.createTempDirectory("unbroken");
          unbroken = run(Espalier.in(folder));
        } catch (Exception e) {
          throw new AssertionError("the unbroken job failed", e);
        }
      }

      @Override
      public void close() throws IOException {
        Folders.delete(folder);
      }
    }
  }

  private static Unbroken run(Espalier espalier) throws Exception {
    Running running =
        espalier.start("run", TinyJob.in(espalier.scratch(), TEXT).toString(), "--force");
    running.await("Training the PruningNet");
    long training = System.nanoTime();
    running.await("Checking the PruningNet");
    long checking = System.nanoTime();
    running.await("Searching with");
    long searching = System.nanoTime();
    running.await("Measuring 6 random");
    long confirming = System.nanoTime();
    Ended ended = running.end();
    if (ended.code() != 0) {
      throw new AssertionError(ended.err());
    }
    return new Unbroken(
        espalier,
        espalier.findings(ID),
        Duration.ofNanos(checking - training),
        Duration.ofNanos(confirming - searching));
  }

  /** Another home that has the data set already. */
  Espalier withData(Path folder) throws IOException {
    Espalier other = Espalier.in(Files.createDirectories(folder));
    lend("data", other.home());
    return other;
  }

  /** Another home that has the data set and the trained PruningNet already. */
  Espalier withPruningNet(Path folder) throws IOException {
    Espalier other = withData(folder);
    lend("pruningnets", other.home());
    return other;
  }

  /** Copies what lies below a name of the home. */
  void lend(String name, Path home) throws IOException {
    Folders.copy(espalier.home().resolve(name), home.resolve(name));
  }

  /** Where another home keeps the checkpoints while it trains this job's PruningNet. */
  Path checkpoints(Espalier other) throws IOException {
    try (Stream<Path> nets = Files.list(espalier.home().resolve("pruningnets"))) {
      Path net = nets.findFirst().orElseThrow().getFileName();
      return other.home().resolve("pruningnets").resolve(net).resolve("checkpoints");
    }
  }
}
