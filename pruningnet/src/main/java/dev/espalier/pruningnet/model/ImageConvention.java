package dev.espalier.pruningnet.model;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.search.job.BadInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers mean that go into a network and come out of it: a pixel of value v in 0..255
 * goes in as (v / 255 - mean) / std of its channel, and the largest score names the class.
 *
 * @param classes names, in the order of the scores
 * @param mean of each channel, finite
 * @param std of each channel, finite and above 0
 */
public record ImageConvention(List<String> classes, List<Double> mean, List<Double> std) {

  private static final String CLASSES = "classes";
  private static final String MEAN = "mean";
  private static final String STD = "std";

  /** Copies the lists; refuses means and deviations that are none, or not as many. */
  public ImageConvention {
    classes = List.copyOf(classes);
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "%d means, but %d deviations".formatted(mean.size(), std.size()));
    }
    if (!isScaling(mean, std)) {
      throw new IllegalArgumentException(
          "mean %s and std %s, expected finite numbers, and std above 0".formatted(mean, std));
    }
  }

  /** Whether images can be scaled so: all numbers finite, and deviations above 0. */
  public static boolean isScaling(List<Double> mean, List<Double> std) {
    return mean.stream().allMatch(Double::isFinite)
        && std.stream().allMatch(value -> value > 0 && Double.isFinite(value));
  }

  /** That of a data set. */
  public static ImageConvention of(DatasetInfo data) {
    return new ImageConvention(data.classes(), data.mean(), data.std());
  }

  /**
   * That of images of some channels and classes of which nothing is known: pixels of 0..1, and
   * classes by number.
   */
  public static ImageConvention unknown(int classes, int channels) {
    return new ImageConvention(
        IntStream.range(0, classes).mapToObj(ImageConvention::nameless).toList(),
        Collections.nCopies(channels, 0.0),
        Collections.nCopies(channels, 1.0));
  }

  /** The same classes for pixels that are scaled in another way. */
  public ImageConvention scaled(List<Double> otherMean, List<Double> otherStd) {
    return new ImageConvention(classes, otherMean, otherStd);
  }

  /** Whether it says more of the classes than how many there are. */
  public boolean namesClasses() {
    return !IntStream.range(0, classes.size()).allMatch(k -> classes.get(k).equals(nameless(k)));
  }

  private static String nameless(int k) {
    return "class " + k;
  }

  /** As texts that {@link #of(Map, String)} reads: class names a line each, numbers in a row. */
  public SortedMap<String, String> entries() {
    SortedMap<String, String> entries = new TreeMap<>();
    entries.put(CLASSES, String.join("\n", classes));
    entries.put(MEAN, row(mean));
    entries.put(STD, row(std));
    return entries;
  }

  /**
   * Reads {@link #entries} among others.
   *
   * @param source of the entries, for messages
   * @throws BadInputException naming the entry that is missing or no list of numbers
   */
  public static ImageConvention of(Map<String, String> entries, String source) {
    List<Double> mean = numbers(entries, MEAN, source);
    List<Double> std = numbers(entries, STD, source);
    if (mean.size() != std.size()) {
      throw new BadInputException(
          "%s: its %s has %d numbers, its %s %d, expected one for each channel"
              .formatted(source, MEAN, mean.size(), STD, std.size()));
    }
    if (!isScaling(mean, std)) {
      throw new BadInputException(
          "%s: its %s is %s and its %s %s, expected finite numbers, and %s above 0"
              .formatted(source, MEAN, mean, STD, std, STD));
    }
    return new ImageConvention(List.of(text(entries, CLASSES, source).split("\n", -1)), mean, std);
  }

  private static List<Double> numbers(Map<String, String> entries, String key, String source) {
    String row = text(entries, key, source);
    try {
      return Arrays.stream(row.split(" ", -1)).map(Double::parseDouble).toList();
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "%s: its %s is '%s', expected numbers".formatted(source, key, row), e);
    }
  }

  private static String text(Map<String, String> entries, String key, String source) {
    @Nullable String value = entries.get(key);
    if (value == null) {
      throw new BadInputException(
          "%s: it does not say its %s. Maybe Espalier did not write it.".formatted(source, key));
    }
    return value;
  }

  private static String row(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }
}
