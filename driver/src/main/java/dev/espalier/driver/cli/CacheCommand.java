package dev.espalier.driver.cli;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.MetricsOption;
import dev.espalier.driver.cli.progress.StopSignals;
import dev.espalier.driver.metrics.CacheMetrics;
import dev.espalier.driver.metrics.MetricsServer;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheSettings;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier cache}: a member of the score cache as a process of its own. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = {
      "Keep scores for the jobs of a home until stopped.",
      "Further members of a home join those that run; each score is then on two of them."
    })
final class CacheCommand implements Callable<Integer> {

  private static final int MOST_PORT = 65_535;
  private static final Pattern MEMBER = Pattern.compile(".+:\\d{1,5}");
  private static final long LOOK_MILLIS = 100;
  private static final int MEGABYTE_BITS = 20;

  @Mixin private final HomeOption home = new HomeOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address or name of this machine to listen at (default: ${DEFAULT-VALUE}, which only this machine can reach). Values carry an HMAC, but nothing is encrypted: only in a network that is trusted.")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port to listen at (default: any free one).")
  private int port;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      description =
          "A member on another machine, whose home has the same cache/secret. Members of this home are found without it.")
  private List<String> members = List.of();

  @Option(
      names = "--peer",
      paramLabel = "HOST:PORT",
      description =
          "A member like that of --join, which may start later: whoever comes first begins alone.")
  private List<String> peers = List.of();

  @Option(
      names = "--memory",
      paramLabel = "MEGABYTES",
      defaultValue = "256",
      description =
          "Most memory for scores (default: ${DEFAULT-VALUE}); the least recently used ones go.")
  private int memory;

  @Mixin private final MetricsOption at = new MetricsOption();

  @Override
  public Integer call() throws InterruptedException {
    InetAddress address = ownAddress();
    requireHeap();
    requirePorts();
    at.requireUsable();
    CacheSettings settings =
        new CacheSettings(
            address.getHostAddress(),
            port,
            members,
            peers,
            memory,
            CacheSettings.LOOPBACK.fileBytes());
    PrintWriter out = command.commandLine().getOut();
    try (StopSignals signals = StopSignals.heard(note -> {});
        Cache cache = Cache.serve(home.home().cache(), settings);
        MetricsServer server =
            CacheMetrics.serve(
                MetricsOption.PORT, at.address(), at.port(), cache.statistics().orElseThrow())) {
      out.println(cache.description());
      out.println("metrics at " + at.url(server));
      out.flush();
      while (!signals.stopping()) {
        Thread.sleep(LOOK_MILLIS);
      }
    }
    return ExitCode.OK.number();
  }

  /** A member listens at one address; all of them at once would be more than was asked for. */
  private void requirePorts() {
    if (port < 0 || port > MOST_PORT) {
      throw new BadInputException(
          "--port is %d, expected 0 to %d. Maybe take 0 for a free one?"
              .formatted(port, MOST_PORT));
    }
    requireMembers("--join", members);
    requireMembers("--peer", peers);
  }

  private static void requireMembers(String option, List<String> members) {
    for (String member : members) {
      if (!MEMBER.matcher(member).matches()) {
        throw new BadInputException(
            "%s is '%s', expected HOST:PORT, e.g. 10.0.0.7:5701".formatted(option, member));
      }
    }
  }

  private InetAddress ownAddress() {
    try {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isAnyLocalAddress() && NetworkInterface.getByInetAddress(address) != null) {
        return address;
      }
    } catch (UnknownHostException | SocketException e) {
      // Said below: no address of this machine.
    }
    throw new BadInputException(
        "--bind is '%s', expected one address of this machine. Maybe 127.0.0.1?".formatted(host));
  }

  private void requireHeap() {
    long most = Runtime.getRuntime().maxMemory() >> MEGABYTE_BITS >> 1;
    if (memory < 1 || memory > most) {
      throw new BadInputException(
          "--memory is %d, expected 1 to %d, half of the heap. Maybe give the JVM more with ESPALIER_JAVA_OPTIONS=-Xmx...?"
              .formatted(memory, most));
    }
  }
}
