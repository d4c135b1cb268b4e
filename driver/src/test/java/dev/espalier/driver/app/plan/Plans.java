package dev.espalier.driver.app.plan;

import dev.espalier.driver.config.JobFile;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.Origin;
import dev.espalier.search.network.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Job plans over a data set that nobody looks at. */
public final class Plans {

  public static final String SMALL =
      """
      network: {name: resnet20}
      data: {name: some}
      search:
        budget: 60
        window: 4
        metapruning: {population: 20, parents: 5, mutations: 8, crossovers: 8}
      constraints: [{metric: macs, max: 50%}]
      confirmation: {top: 3, random: 12}
      """;

  private Plans() {}

  public static JobPlan of(String job) {
    return JobPlan.of(JobFile.parse(job, "job.yaml").spec(), info());
  }

  /** What is known of that data set. */
  public static DatasetInfo info() {
    List<String> classes = IntStream.range(0, 10).mapToObj(i -> "class" + i).toList();
    return new DatasetInfo(
        "some",
        new Shape(3, 32, 32),
        classes,
        Collections.nCopies(10, 100),
        Collections.nCopies(10, 0),
        List.of(0.5, 0.5, 0.5),
        List.of(0.25, 0.25, 0.25),
        Origin.of("test", "none", Map.of()),
        "0".repeat(64));
  }
}
