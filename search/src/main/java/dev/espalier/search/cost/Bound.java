package dev.espalier.search.cost;

import dev.espalier.search.job.BadInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One end of a {@link Constraint}, as people write it. */
public sealed interface Bound {

  /** The least whole number that meets the bound, where the unpruned network costs {@code full}. */
  long atLeast(long full);

  /** The greatest whole number that meets the bound. */
  long atMost(long full);

  /** A number: {@code 20M} is 20,000,000 and {@code 4MiB} is 4,194,304. */
  record Absolute(long amount) implements Bound {

    @Override
    public long atLeast(long full) {
      return amount;
    }

    @Override
    public long atMost(long full) {
      return amount;
    }
  }

  /** A share of what the unpruned network costs, in percent, 0 to 100. */
  record Relative(BigDecimal percent) implements Bound {

    @Override
    public long atLeast(long full) {
      return share(full, RoundingMode.CEILING);
    }

    @Override
    public long atMost(long full) {
      return share(full, RoundingMode.FLOOR);
    }

    private long share(long full, RoundingMode rounding) {
      BigDecimal exact = percent.multiply(BigDecimal.valueOf(full)).movePointLeft(2);
      return exact.setScale(0, rounding).longValueExact();
    }
  }

  /**
   * Reads a bound: a number, then nothing, {@code %}, {@code k}, {@code M}, {@code G} (powers of
   * 1000) or {@code KiB}, {@code MiB}, {@code GiB} (powers of 1024).
   *
   * @param field where it was written, for the message
   * @throws BadInputException if it is none of these, above 100%, not whole or too large
   */
  static Bound parse(String field, String text) {
    Matcher matcher =
        Pattern.compile("(\\d{1,19}(?:\\.\\d{1,19})?) ?(%|k|M|G|KiB|MiB|GiB|)").matcher(text);
    if (!matcher.matches()) {
      throw refusal(field, text, "a bound such as 20M, 1.5G, 300k, 4MiB or 50%");
    }
    BigDecimal number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    if (suffix.equals("%")) {
      if (number.compareTo(BigDecimal.valueOf(100)) > 0) {
        throw refusal(field, text, "at most 100% of the unpruned network");
      }
      return new Relative(number);
    }
    try {
      return new Absolute(number.multiply(BigDecimal.valueOf(unit(suffix))).longValueExact());
    } catch (ArithmeticException e) {
      throw refusal(field, text, "a whole number below 2^63");
    }
  }

  /**
   * Reads a bound of a metric: as above, but for latency, which is a time, in {@code ns}, {@code
   * us}, {@code ms} or {@code s}, or a share in {@code %}.
   *
   * @throws BadInputException as above
   */
  static Bound parse(String field, String text, Metric metric) {
    if (metric != Metric.LATENCY || text.endsWith("%")) {
      return parse(field, text);
    }
    Matcher matcher = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,19})?) ?(ns|us|ms|s)").matcher(text);
    if (!matcher.matches()) {
      throw refusal(field, text, "a time such as 5ms, 800us or 0.2s, or a share such as 50%");
    }
    BigDecimal nanoseconds =
        new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit(matcher.group(2))));
    try {
      return new Absolute(nanoseconds.setScale(0, RoundingMode.FLOOR).longValueExact());
    } catch (ArithmeticException e) {
      throw refusal(field, text, "fewer nanoseconds than 2^63");
    }
  }

  private static BadInputException refusal(String field, String text, String expected) {
    return new BadInputException("%s: found '%s', expected %s".formatted(field, text, expected));
  }

  private static long unit(String suffix) {
    return switch (suffix) {
      case "k", "us" -> 1_000;
      case "M", "ms" -> 1_000_000;
      case "G", "s" -> 1_000_000_000;
      case "KiB" -> 1 << 10;
      case "MiB" -> 1 << 20;
      case "GiB" -> 1 << 30;
      default -> 1;
    };
  }
}
