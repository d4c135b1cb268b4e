package dev.espalier.driver.app.plan;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The structures that a table is made for, before any job has begun. */
public final class ProfiledSpace {

  private static final Pattern IMAGE =
      Pattern.compile("([1-9]\\d{0,8})x([1-9]\\d{0,8})x([1-9]\\d{0,8})");

  private static final int MOST = 4096;

  private ProfiledSpace() {}

  /**
   * Those of a job.
   *
   * @throws BadInputException if its network is unknown, does not fit its data or is not found yet
   */
  public static SearchSpace of(JobSpec spec, Home home) {
    JobSpec resolved = Networks.resolved(spec, home);
    DatasetInfo data = DataStore.of(home).forJob(spec.data().name()).info();
    return JobPlan.space(resolved, data);
  }

  /**
   * Those of a network with the usual widths.
   *
   * @param image channels x height x width; of an imported network they are known
   * @throws BadInputException if the network is unknown, or cannot be of this size
   */
  public static SearchSpace of(String name, String image, int classes, Home home) {
    ImportedNetworks imported = ImportedNetworks.of(home);
    Network network =
        imported.has(name) ? imported.graph(name) : Zoo.network(name, shape(image), classes);
    return SearchSpace.of(network, RatioGrid.METAPRUNING);
  }

  private static Shape shape(String image) {
    Matcher sides = IMAGE.matcher(image);
    if (!sides.matches()) {
      throw new BadInputException(
          "--image: found '%s', expected channels x height x width, like 3x32x32".formatted(image));
    }
    return new Shape(side(sides.group(1)), side(sides.group(2)), side(sides.group(3)));
  }

  private static int side(String digits) {
    int side = Integer.parseInt(digits);
    if (side > MOST) {
      throw new BadInputException("--image: found %d, expected 1 to %d".formatted(side, MOST));
    }
    return side;
  }
}
