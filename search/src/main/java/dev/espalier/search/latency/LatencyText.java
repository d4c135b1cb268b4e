package dev.espalier.search.latency;

import dev.espalier.search.job.BadInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A latency table as text: a line that says what it is, six about the device, one with the number
 * of times, one that names the columns, then one for each time. Columns are parted by a tab; times
 * are microseconds.
 */
public final class LatencyText {

  private static final String FORMAT = "# espalier latency table 1";
  private static final List<String> ABOUT =
      List.of("device", "processor", "runtime", "threads", "batch", "block", "operations");
  private static final List<String> COLUMNS =
      List.of(
          "operation",
          "layout",
          "height",
          "width",
          "kernel",
          "stride",
          "padding",
          "dilation",
          "in",
          "out",
          "count",
          "mean",
          "variance");

  private LatencyText() {}

  /** The text of a table. */
  public static String of(LatencyTable table) {
    Device device = table.device();
    List<Object> about =
        List.of(
            device.name(),
            device.processor(),
            device.runtime(),
            device.threads(),
            device.batch(),
            device.block(),
            table.timings().size());
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    for (int i = 0; i < ABOUT.size(); i++) {
      text.append(ABOUT.get(i)).append('\t').append(about.get(i)).append('\n');
    }
    text.append(String.join("\t", COLUMNS)).append('\n');
    table.timings().forEach((kernel, timing) -> text.append(line(kernel, timing)).append('\n'));
    return text.toString();
  }

  private static String line(Kernel kernel, Timing timing) {
    Operation operation = kernel.operation();
    return List.of(
            word(operation.kind()),
            word(operation.layout()),
            operation.height(),
            operation.width(),
            operation.kernel(),
            operation.stride(),
            operation.padding(),
            operation.dilation(),
            kernel.in(),
            kernel.out(),
            timing.count(),
            String.format(Locale.ROOT, "%.4f", timing.mean()),
            String.format(Locale.ROOT, "%.6f", timing.variance()))
        .stream()
        .map(String::valueOf)
        .collect(Collectors.joining("\t"));
  }

  /**
   * Reads a table back.
   *
   * @param file what errors call it
   * @throws BadInputException naming file, line, what was found and what is expected
   */
  public static LatencyTable parse(String text, String file) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT)) {
      throw wrong(file, 1, "'%s'".formatted(lines.isEmpty() ? "" : lines.get(0)), FORMAT);
    }
    int head = ABOUT.size() + 2;
    if (lines.size() <= head) {
      throw wrong(file, lines.size(), "its end", "lines about the device, then one for each time");
    }
    List<Row> about = about(lines, file);
    Device device = device(about, file);
    int operations = about.get(ABOUT.size() - 1).whole(1, 1);
    if (operations != lines.size() - head || !text.endsWith("\n")) {
      throw wrong(
          file,
          lines.size(),
          "the end of %d operations".formatted(lines.size() - head),
          "%d, all of them whole".formatted(operations));
    }
    new Row(file, head, lines.get(head - 1)).require(COLUMNS);
    Map<Kernel, Timing> timings = new LinkedHashMap<>();
    for (int i = head; i < lines.size(); i++) {
      Row row = new Row(file, i + 1, lines.get(i));
      if (timings.put(row.kernel(), row.timing()) != null) {
        throw wrong(file, i + 1, "the same operation and widths again", "each once");
      }
    }
    return new LatencyTable(device, timings);
  }

  private static List<Row> about(List<String> lines, String file) {
    return IntStream.range(0, ABOUT.size())
        .mapToObj(
            i -> {
              Row row = new Row(file, i + 2, lines.get(i + 1));
              row.requireFirst(ABOUT.get(i));
              return row;
            })
        .toList();
  }

  private static Device device(List<Row> rows, String file) {
    try {
      return new Device(
          rows.get(0).word(1),
          rows.get(1).word(1),
          rows.get(2).word(1),
          rows.get(3).whole(1, 1),
          rows.get(4).whole(1, 1),
          rows.get(5).whole(1, 0));
    } catch (IllegalArgumentException e) {
      throw new BadInputException("%s: device: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String word(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static BadInputException wrong(String file, int line, String found, String expected) {
    return new BadInputException(
        "%s:%d: found %s, expected %s".formatted(file, line, found, expected));
  }

  /** One line of the table. */
  private record Row(String file, int line, List<String> words) {

    Row(String file, int line, String text) {
      this(file, line, Arrays.asList(text.split("\t", -1)));
    }

    void require(List<String> columns) {
      if (!words.equals(columns)) {
        throw wrong(
            file, line, "'%s'".formatted(String.join(" ", words)), String.join(" ", columns));
      }
    }

    void requireFirst(String word) {
      if (words.size() != 2 || !words.get(0).equals(word)) {
        throw wrong(
            file,
            line,
            "'%s'".formatted(String.join(" ", words)),
            "'%s', a tab and what it is".formatted(word));
      }
    }

    Kernel kernel() {
      if (words.size() != COLUMNS.size()) {
        throw wrong(
            file, line, words.size() + " columns", COLUMNS.size() + " as the line of names has");
      }
      return new Kernel(
          new Operation(
              one(0, Operation.Kind.class),
              one(1, Operation.Layout.class),
              whole(2, 1),
              whole(3, 1),
              whole(4, 1),
              whole(5, 1),
              whole(6, 0),
              whole(7, 1)),
          whole(8, 1),
          whole(9, 1));
    }

    Timing timing() {
      try {
        return new Timing(whole(10, 2), number(11), number(12));
      } catch (BadInputException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new BadInputException("%s:%d: %s".formatted(file, line, e.getMessage()), e);
      }
    }

    String word(int column) {
      return words.get(column);
    }

    int whole(int column, int least) {
      try {
        int found = Integer.parseInt(words.get(column));
        if (found >= least) {
          return found;
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw bad(column, "a whole number of at least " + least);
    }

    private double number(int column) {
      try {
        return Double.parseDouble(words.get(column));
      } catch (NumberFormatException e) {
        throw bad(column, "a number");
      }
    }

    private <E extends Enum<E>> E one(int column, Class<E> type) {
      for (E value : type.getEnumConstants()) {
        if (LatencyText.word(value).equals(words.get(column))) {
          return value;
        }
      }
      String known =
          Arrays.stream(type.getEnumConstants())
              .map(LatencyText::word)
              .collect(Collectors.joining(", "));
      throw bad(column, "one of " + known);
    }

    private BadInputException bad(int column, String expected) {
      String name = words.size() == 2 ? words.get(0) : COLUMNS.get(column);
      return wrong(file, line, "%s '%s'".formatted(name, words.get(column)), expected);
    }
  }
}
