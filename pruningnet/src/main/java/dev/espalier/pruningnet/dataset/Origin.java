package dev.espalier.pruningnet.dataset;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a data set came from. It explains a packed file and is no part of its content digest.
 *
 * @param kind the importer or generator, e.g. {@code image-zip}
 * @param source what it read, e.g. the file's name, or the generator's version
 * @param settings the importer's settings by name
 */
public record Origin(String kind, String source, SortedMap<String, String> settings) {

  /** Keeps an immutable copy of the settings. */
  public Origin {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
  }

  /** An origin with settings in any order. */
  public static Origin of(String kind, String source, Map<String, String> settings) {
    return new Origin(kind, source, new TreeMap<>(settings));
  }
}
