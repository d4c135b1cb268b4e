package dev.espalier.driver.app.plan;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.cell.Backbone;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.cell.CellSpace;
import dev.espalier.search.cell.Operation;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.job.Nearest;
import dev.espalier.search.job.NetworkSpec;
import dev.espalier.search.mobile.MobileSpace;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkText;
import dev.espalier.search.network.Zoo;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The network that a job names, for the data that it has. */
public final class Networks {

  private static final String CELLS = CellArchitectures.NAME;
  private static final String MOBILE = MobileSpace.NAME;

  private Networks() {}

  /** Whether a job has to find its architecture first. */
  public static boolean isOpen(NetworkSpec spec) {
    return isSpace(spec.name()) && spec.architecture().isEmpty();
  }

  /**
   * The job with the graph of its network, if that is one that this home has imported and the job
   * has no graph yet.
   *
   * @throws BadInputException if nobody knows the network
   */
  public static JobSpec resolved(JobSpec spec, Home home) {
    String name = spec.network().name();
    if (!isImported(spec.network()) || !spec.network().architecture().isEmpty()) {
      return spec;
    }
    ImportedNetworks imported = ImportedNetworks.of(home);
    if (!imported.has(name)) {
      List<String> known =
          Stream.of(Zoo.names(), List.of(CELLS, MOBILE), imported.names())
              .flatMap(List::stream)
              .toList();
      throw new BadInputException(
          "network: '%s' is unknown, expected one of %s.%s Others come with 'espalier network import'."
              .formatted(name, String.join(", ", known), Nearest.hint(name, known)));
    }
    return spec.withArchitecture(NetworkText.of(imported.graph(name)), List.of());
  }

  /** Whether a network is neither of the zoo nor of a space that the program knows. */
  public static boolean isImported(NetworkSpec spec) {
    return !isSpace(spec.name()) && !Zoo.names().contains(spec.name());
  }

  /** The architecture in a space, in words; empty for every other network. */
  public static String choices(NetworkSpec spec) {
    return isSpace(spec.name()) ? spec.architecture() : "";
  }

  /**
   * The network of a job.
   *
   * @throws BadInputException if it is unknown, does not fit the images, or is not found yet
   */
  static Network of(NetworkSpec spec, DatasetInfo data) {
    Optional<ArchitectureSpace> space = space(spec, data);
    if (isImported(spec) && !spec.architecture().isEmpty()) {
      return fitting(graph(spec), data);
    }
    if (space.isEmpty()) {
      if (!spec.architecture().isEmpty()) {
        throw new BadInputException(
            "network.architecture: found '%s', but %s is one network. Maybe set network.name to %s or %s?"
                .formatted(spec.architecture(), spec.name(), CELLS, MOBILE));
      }
      return Zoo.network(spec.name(), data.shape(), data.classes().size());
    }
    if (isOpen(spec)) {
      throw new BadInputException(
          "network.architecture: the job has not found it yet. Maybe look at 'espalier status'?");
    }
    try {
      return space.get().parse(spec.architecture()).network();
    } catch (BadInputException e) {
      throw new BadInputException("network.architecture: " + e.getMessage(), e);
    }
  }

  private static Network graph(NetworkSpec spec) {
    try {
      return NetworkText.parse(spec.architecture());
    } catch (BadInputException e) {
      throw new BadInputException(
          "network.architecture: of network %s: %s. Maybe set network.name to %s or %s?"
              .formatted(spec.name(), e.getMessage(), CELLS, MOBILE),
          e);
    }
  }

  private static Network fitting(Network network, DatasetInfo data) {
    data.requireFit(network);
    return network;
  }

  /**
   * The space in which a job finds its architecture; empty for a network of the zoo.
   *
   * @throws BadInputException if nothing is left in it, or it does not fit the images
   */
  public static Optional<ArchitectureSpace> space(NetworkSpec spec, DatasetInfo data) {
    return switch (spec.name()) {
      case CELLS -> Optional.of(cells(spec.cells(), data));
      case MOBILE ->
          Optional.of(new MobileSpace(data.shape(), data.classes().size(), MobileSpace.USUAL));
      default -> Optional.empty();
    };
  }

  private static boolean isSpace(String name) {
    return name.equals(CELLS) || name.equals(MOBILE);
  }

  private static ArchitectureSpace cells(NetworkSpec.Cells spec, DatasetInfo data) {
    return new CellArchitectures(
        new CellSpace(spec.nodes(), spec.operations().stream().map(Operation::parse).toList()),
        new Backbone(spec.count(), spec.channels(), data.shape(), data.classes().size()));
  }
}
