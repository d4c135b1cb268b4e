package dev.espalier.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A process that is started as its container would be: the image's entry point, the environment of
 * the image and of the container, nothing else.
 *
 * @param root what it writes to: its home, its scratch folder, its secrets
 * @param image the image
 * @param environment of the container
 * @param here turns names and ports of the cluster into those of this machine
 */
record Container(
    Path root, ImageFolder image, Map<String, String> environment, UnaryOperator<String> here) {

  private static final long PATIENCE_SECONDS = 90;

  /**
   * A process under way.
   *
   * @param process the process
   * @param printed what it writes to both outputs
   */
  record Running(Process process, Path printed) implements AutoCloseable {

    String text() throws IOException {
      return Files.readString(printed);
    }

    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Makes what an orchestrator would: an empty home, a scratch folder, secrets. */
  static Container in(
      Path root,
      ImageFolder image,
      Map<String, String> environment,
      Map<String, String> secrets,
      UnaryOperator<String> here)
      throws IOException {
    Files.createDirectories(root.resolve("home/espalier"));
    Files.createDirectories(root.resolve("scratch"));
    for (String folder : List.of("run/secrets", "etc/espalier/secrets")) {
      Files.createDirectories(root.resolve(folder));
      for (Map.Entry<String, String> secret : secrets.entrySet()) {
        Files.writeString(root.resolve(folder).resolve(secret.getKey()), secret.getValue());
      }
    }
    return new Container(root, image, environment, here);
  }

  /** Starts it with these arguments of its entry point. */
  Running start(List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>();
    for (String word : Dockerfile.words(image.image().last("ENTRYPOINT"))) {
      words.add(translate(word));
    }
    // The first one is a command, also where a host has the same name.
    words.add(arguments.get(0));
    arguments.stream().skip(1).map(this::translate).forEach(words::add);
    return process(words);
  }

  /** Runs a command inside of it, to its end; returns its exit code. */
  int exec(List<String> command) throws Exception {
    Process process = process(command.stream().map(this::translate).toList()).process();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("never ended: " + command);
    }
    return process.exitValue();
  }

  /** Runs a command of Espalier inside of it, which must succeed. */
  void espalier(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("deploy/bin/espalier"));
    for (String word : words) {
      command.add(translate(word));
    }
    Running running = process(command);
    if (running.process().waitFor() != 0) {
      throw new AssertionError(command + ": " + running.text());
    }
  }

  /** Waits until its health check passes. */
  void awaitHealthy(Running running, List<String> check) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (exec(check) != 0) {
      if (!running.process().isAlive() || System.nanoTime() > end) {
        throw new AssertionError("not healthy: " + running.text());
      }
      Thread.sleep(200);
    }
  }

  /** A path or a text of the container, as it is here. */
  String translate(String text) {
    Path opt = image.root().resolve("opt");
    String local = ImageFolder.inRoot(root, here.apply(text));
    return local.replace(root.resolve("opt") + "/", opt + "/");
  }

  private Running process(List<String> words) throws IOException {
    Path printed = Files.createTempFile(root, "printed", ".txt");
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(words));
    builder.directory(image.root().resolve("opt/espalier").toFile());
    builder.redirectErrorStream(true).redirectOutput(printed.toFile());
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    image.image().environment().forEach((n, v) -> builder.environment().put(n, translate(v)));
    environment.forEach((n, v) -> builder.environment().put(n, translate(v)));
    // A container has an address of its own; here they share one.
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    if (!Path.of(builder.command().get(0)).isAbsolute()) {
      builder.command().set(0, builder.directory().toPath().resolve(words.get(0)).toString());
    }
    return new Running(builder.start(), printed);
  }
}
