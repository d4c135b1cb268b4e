package dev.espalier.search.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files of a search by their names, of which the numbers sort as they count:
 *
 * <pre>
 * compacted-THROUGH     the results of all records up to number THROUGH; the highest one counts
 * journal-FIRST-EPOCH   records from number FIRST on; of several with one FIRST, the highest epoch
 * checkpoint-SEQUENCE   the state after record number SEQUENCE
 * </pre>
 *
 * @param chain names of the files that together are the journal, in order
 * @param superfluous names of what was replaced, and of files that were never finished
 * @param checkpointed number of the last record that a checkpoint knows, or -1
 * @param last the highest number of a record that a file of records is named after, or -1
 * @param epoch the highest epoch that a segment is named after, or 0
 */
record JournalFiles(
    List<String> chain, List<String> superfluous, long checkpointed, long last, long epoch) {

  private static final Pattern SEGMENT = Pattern.compile("journal-(\\d{19})-(\\d{10})");
  private static final Pattern COMPACTED = Pattern.compile("compacted-(\\d{19})");

  /** The name of a segment. */
  static String segment(long first, long epoch) {
    return "journal-%019d-%010d".formatted(first, epoch);
  }

  /** The name of the file of the results up to a record. */
  static String compacted(long through) {
    return "compacted-%019d".formatted(through);
  }

  /** What is in the folder. */
  static JournalFiles of(Disk disk) throws IOException {
    List<String> names = disk.names();
    long through = last(names, COMPACTED, 1);
    TreeMap<Long, String> segments = new TreeMap<>();
    // Sorted names: of two segments with the same first record the later epoch comes last.
    names.stream()
        .filter(name -> SEGMENT.matcher(name).matches() && number(name, SEGMENT, 1) > through)
        .forEach(name -> segments.put(number(name, SEGMENT, 1), name));
    List<String> chain = new ArrayList<>(segments.values());
    if (through >= 0) {
      chain.add(0, compacted(through));
    }
    List<String> superfluous =
        names.stream()
            .filter(name -> isRecords(name) || WholeFile.unfinished(name))
            .filter(name -> !chain.contains(name))
            .toList();
    return new JournalFiles(
        chain,
        superfluous,
        last(names, CheckpointStore.NAME, 1),
        Math.max(through, last(names, SEGMENT, 1)),
        Math.max(0, last(names, SEGMENT, 2)));
  }

  /** Whether there is nothing of a search. */
  boolean isEmpty() {
    return chain.isEmpty() && checkpointed < 0;
  }

  private static boolean isRecords(String name) {
    return SEGMENT.matcher(name).matches() || COMPACTED.matcher(name).matches();
  }

  /** The highest number in names of a form, or -1. */
  private static long last(List<String> names, Pattern form, int group) {
    return names.stream()
        .filter(form.asMatchPredicate())
        .mapToLong(name -> number(name, form, group))
        .max()
        .orElse(-1);
  }

  private static long number(String name, Pattern form, int group) {
    var matcher = form.matcher(name);
    return matcher.matches() ? Long.parseLong(matcher.group(group)) : -1;
  }
}
