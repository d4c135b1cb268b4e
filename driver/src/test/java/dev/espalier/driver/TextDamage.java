package dev.espalier.driver;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What can become of a text that people and programs write. */
public final class TextDamage {

  /** Pieces that mean something to YAML or JSON, or are more than a number can hold. */
  private static final String[] PIECES = {
    "",
    " ",
    "\n",
    "\t",
    "\u0000",
    "\uFFFD",
    "-",
    "- ",
    ":",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "#",
    "&a ",
    "*a",
    "!!int ",
    "!!java.lang.Object ",
    "|",
    ">",
    "%",
    "@",
    "?",
    "---\n",
    "...",
    "null",
    "true",
    "~",
    "0",
    "-1",
    "1e400",
    "1e-400",
    ".nan",
    ".inf",
    "99999999999",
    "9223372036854775808",
    "1".repeat(2000),
    "[".repeat(2000),
    "{a: ".repeat(200),
    "- ".repeat(200),
    "💥"
  };

  private TextDamage() {}

  /** Texts that once were this one: up to three ranges of it replaced, lost, or cut off. */
  public static Arbitrary<String> of(String whole) {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, whole.length());
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 12);
    Arbitrary<String> pieces =
        Arbitraries.oneOf(Arbitraries.of(PIECES), Arbitraries.strings().ofMaxLength(5));
    return Combinators.combine(places, lengths, pieces)
        .as(Change::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            changes -> {
              String text = whole;
              for (Change change : changes) {
                text = change.in(text);
              }
              return text;
            });
  }

  private record Change(int place, int length, String piece) {

    String in(String text) {
      int from = Math.min(place, text.length());
      int to = Math.min(from + length, text.length());
      return text.substring(0, from) + piece + text.substring(to);
    }
  }
}
