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
 * journal-FIRST-EPOCH   records from number FIRST on; of several with one FIRST, the highest epoch;
 *                       none with a lower epoch than one before it
 * checkpoint-SEQUENCE   the state after record number SEQUENCE
 * owner-EPOCH           empty: made by the owner of that epoch before it looks at anything else
 * damaged-...           files that were set aside by a repair
 * </pre>
 *
 * @param chain names of the files that together are the journal, in order
 * @param superfluous names of what was replaced, and of files that were never finished
 * @param checkpointed number of the last record that a checkpoint knows, or -1
 * @param last the highest number of a record that a file of records is named after, or -1
 * @param epoch the highest epoch that a file is named after, or 0
 */
record JournalFiles(
    List<String> chain, List<String> superfluous, long checkpointed, long last, long epoch) {

  private static final Pattern SEGMENT = Pattern.compile("journal-(\\d{19})-(\\d{10})");
  private static final Pattern COMPACTED = Pattern.compile("compacted-(\\d{19})");
  private static final Pattern OWNER = Pattern.compile("owner-(\\d{10})");
  private static final String SET_ASIDE = "damaged-";

  /** Reads files. */
  interface Reading<T> {

    /** What is in these files; an {@link IOException} also if one of them has gone. */
    T of(JournalFiles files) throws IOException;
  }

  /** Reads the files, again if their owner has replaced some of them in between. */
  static <T> T whileStill(Disk disk, Reading<T> reading) throws IOException {
    JournalFiles files = of(disk);
    try {
      return reading.of(files);
    } catch (IOException e) {
      if (of(disk).equals(files)) {
        throw e;
      }
      return whileStill(disk, reading);
    }
  }

  /** The name of a segment. */
  static String segment(long first, long epoch) {
    return "journal-%019d-%010d".formatted(first, epoch);
  }

  /** The name of the file of the results up to a record. */
  static String compacted(long through) {
    return "compacted-%019d".formatted(through);
  }

  /** The name of the file that makes somebody the owner of an epoch. */
  static String owner(long epoch) {
    return "owner-%010d".formatted(epoch);
  }

  /** The name of a file that is set aside. */
  static String setAside(String name) {
    return SET_ASIDE + name;
  }

  /** Whether a file was set aside. */
  static boolean isSetAside(String name) {
    return name.startsWith(SET_ASIDE);
  }

  /** What is in the folder. */
  static JournalFiles of(Disk disk) throws IOException {
    List<String> names = disk.names();
    long through = last(names, COMPACTED, 1);
    List<String> chain = new ArrayList<>(segments(names, through));
    if (through >= 0) {
      chain.add(0, compacted(through));
    }
    long epoch = Math.max(last(names, OWNER, 1), last(names, SEGMENT, 2));
    List<String> superfluous =
        names.stream()
            .filter(
                name ->
                    isRecords(name) || WholeFile.unfinished(name) || OWNER.matcher(name).matches())
            .filter(name -> !chain.contains(name) && !name.equals(owner(epoch)))
            .toList();
    return new JournalFiles(
        chain,
        superfluous,
        last(names, CheckpointStore.NAME, 1),
        Math.max(through, last(names, SEGMENT, 1)),
        Math.max(0, epoch));
  }

  /** The segments behind a record that count, in order. */
  private static List<String> segments(List<String> names, long through) {
    TreeMap<Long, String> latest = new TreeMap<>();
    // Sorted names: of two segments with the same first record the later epoch comes last.
    names.stream()
        .filter(name -> SEGMENT.matcher(name).matches() && number(name, SEGMENT, 1) > through)
        .forEach(name -> latest.put(number(name, SEGMENT, 1), name));
    List<String> counting = new ArrayList<>();
    long epoch = 0;
    for (String name : latest.values()) {
      // One that an earlier owner began after it was replaced, before it noticed.
      if (number(name, SEGMENT, 2) >= epoch) {
        epoch = number(name, SEGMENT, 2);
        counting.add(name);
      }
    }
    return counting;
  }

  /** Whether there is nothing of a search. */
  boolean isEmpty() {
    return chain.isEmpty() && checkpointed < 0;
  }

  /** Whether a file holds records or results. */
  static boolean isRecords(String name) {
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
