package dev.espalier.pruningnet.differentiable;

import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.tensor.ParameterReader;
import dev.espalier.search.job.BadInputException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an architecture was found from. It is part of the file and so of its digest, and holds
 * nothing that changes when the same search is done again.
 *
 * @param architecture its text
 * @param space digest of the supernet
 * @param granularity what has a score
 * @param dataset name of the data set
 * @param datasetDigest its content's digest
 * @param search what identifies the search as a whole: supernet, settings and images
 * @param settings the search's settings as text, for people
 * @param seed the search's seed
 */
public record SearchProvenance(
    String architecture,
    String space,
    Granularity granularity,
    String dataset,
    String datasetDigest,
    String search,
    String settings,
    long seed) {

  SortedMap<String, String> entries() {
    SortedMap<String, String> entries = new TreeMap<>();
    entries.put("architecture", architecture);
    entries.put("space", space);
    entries.put("granularity", granularity.name());
    entries.put("dataset", dataset);
    entries.put("datasetDigest", datasetDigest);
    entries.put("search", search);
    entries.put("settings", settings);
    entries.put("seed", Long.toString(seed));
    return entries;
  }

  static SearchProvenance of(ParameterReader reader) {
    return new SearchProvenance(
        reader.entry("architecture"),
        reader.entry("space"),
        granularity(reader),
        reader.entry("dataset"),
        reader.entry("datasetDigest"),
        reader.entry("search"),
        reader.entry("settings"),
        reader.number("seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static Granularity granularity(ParameterReader reader) {
    String found = reader.entry("granularity");
    return Arrays.stream(Granularity.values())
        .filter(granularity -> granularity.name().equals(found))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "%s: its header has granularity '%s', expected one of %s. Maybe it was damaged on the way."
                        .formatted(reader.source(), found, Arrays.toString(Granularity.values()))));
  }
}
