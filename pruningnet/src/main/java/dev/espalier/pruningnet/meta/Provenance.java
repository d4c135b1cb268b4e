package dev.espalier.pruningnet.meta;

import dev.espalier.pruningnet.tensor.ParameterReader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a trained PruningNet was made from. It is part of the file and so of its digest, and holds
 * nothing that changes when the same training is done again.
 *
 * @param network name of the network
 * @param space digest of the network, its width grid and its free genes, see {@link SpaceDigest}
 * @param hidden width of the generators' hidden layers
 * @param dataset name of the data set
 * @param datasetDigest its content's digest
 * @param training what identifies the training as a whole: network, space, settings and images
 * @param settings the training's settings as text, for people
 * @param seed the training's seed
 * @param epochs passes over the training images
 */
public record Provenance(
    String network,
    String space,
    int hidden,
    String dataset,
    String datasetDigest,
    String training,
    String settings,
    long seed,
    int epochs) {

  /** Memory is taken for so many before the digest of the file is known. */
  private static final int MOST_HIDDEN = 1024;

  SortedMap<String, String> entries() {
    SortedMap<String, String> entries = new TreeMap<>();
    entries.put("network", network);
    entries.put("space", space);
    entries.put("hidden", Integer.toString(hidden));
    entries.put("dataset", dataset);
    entries.put("datasetDigest", datasetDigest);
    entries.put("training", training);
    entries.put("settings", settings);
    entries.put("seed", Long.toString(seed));
    entries.put("epochs", Integer.toString(epochs));
    return entries;
  }

  static Provenance of(ParameterReader reader) {
    return new Provenance(
        reader.entry("network"),
        reader.entry("space"),
        (int) reader.number("hidden", 1, MOST_HIDDEN),
        reader.entry("dataset"),
        reader.entry("datasetDigest"),
        reader.entry("training"),
        reader.entry("settings"),
        reader.number("seed", Long.MIN_VALUE, Long.MAX_VALUE),
        (int) reader.number("epochs", 0, Integer.MAX_VALUE));
  }
}
