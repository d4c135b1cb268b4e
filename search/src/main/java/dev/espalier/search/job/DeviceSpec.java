package dev.espalier.search.job;

/**
 * The machine that structures are for: what is known of it, so that costs can be limited there.
 *
 * @param latency a latency table: its file as a job names it, its text once that is read; empty for
 *     none
 * @param energy coefficients of energy, likewise
 */
public record DeviceSpec(String latency, String energy) {

  /** Nothing is known. */
  public static final DeviceSpec NONE = new DeviceSpec("", "");

  /** Whether a field holds the name of a file that nobody has read yet. */
  public static boolean isName(String field) {
    return !field.isEmpty() && field.indexOf('\n') < 0;
  }
}
