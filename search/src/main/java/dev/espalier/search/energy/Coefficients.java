package dev.espalier.search.energy;

import dev.espalier.search.job.BadInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one multiply-accumulate operation takes, and one access at each level of the memory.
 *
 * @param unit of all of them, e.g. {@code MAC}
 * @param mac one operation
 * @param register one access of a processing element to its own registers
 * @param array one transfer between processing elements
 * @param buffer one access to the buffer that they share
 * @param memory one access to the memory outside the chip
 */
public record Coefficients(
    String unit, double mac, double register, double array, double buffer, double memory) {

  /** What jobs call {@link #EYERISS}. */
  public static final String EYERISS_NAME = "eyeriss";

  /**
   * Relative to one MAC of 16 bits, from "Eyeriss: A Spatial Architecture for Energy-Efficient
   * Dataflow for Convolutional Neural Networks" (2016).
   */
  public static final Coefficients EYERISS = new Coefficients("MAC", 1, 1, 2, 6, 200);

  private static final String FORMAT = "# espalier energy coefficients 1";
  private static final List<String> KEYS = List.of("mac", "register", "array", "buffer", "memory");

  /** As a text: a line that says what it is, then one for each, parted by a tab. */
  public String text() {
    List<Double> values = List.of(mac, register, array, buffer, memory);
    StringBuilder text = new StringBuilder(FORMAT).append("\nunit\t").append(unit).append('\n');
    for (int i = 0; i < KEYS.size(); i++) {
      text.append(KEYS.get(i)).append('\t').append(values.get(i)).append('\n');
    }
    return text.toString();
  }

  /**
   * Reads the text back.
   *
   * @param file what errors call it
   * @throws BadInputException naming file, line, what was found and what is expected
   */
  public static Coefficients parse(String text, String file) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      throw wrong(file, 1, lines.isEmpty() ? "" : lines.get(0), FORMAT);
    }
    if (lines.size() != KEYS.size() + 2) {
      throw wrong(
          file, lines.size(), lines.size() + " lines", "%d lines".formatted(KEYS.size() + 2));
    }
    String unit = word(lines, 1, "unit", file);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < KEYS.size(); i++) {
      values.add(number(lines, i + 2, KEYS.get(i), file));
    }
    return new Coefficients(
        unit, values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
  }

  private static String word(List<String> lines, int line, String key, String file) {
    String[] words = lines.get(line).split("\t", -1);
    if (words.length != 2 || !words[0].equals(key) || words[1].isBlank()) {
      throw wrong(file, line + 1, lines.get(line), key + ", a tab and its value");
    }
    return words[1];
  }

  private static double number(List<String> lines, int line, String key, String file) {
    try {
      double value = Double.parseDouble(word(lines, line, key, file));
      if (value >= 0 && Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw wrong(file, line + 1, lines.get(line), key + ", a tab and a number of at least 0");
  }

  private static BadInputException wrong(String file, int line, String found, String expected) {
    return new BadInputException(
        "%s:%d: found '%s', expected %s".formatted(file, line, found, expected));
  }
}
