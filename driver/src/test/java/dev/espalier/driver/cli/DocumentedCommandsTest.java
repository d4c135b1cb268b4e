package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Holds every command that a page shows to the commands and options that there are. Pages of what
 * was decided and changed tell the past, and are left out.
 */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..");

  /** Up to what a shell, a comment or the page has behind it. */
  private static final Pattern COMMAND =
      Pattern.compile("(?<!# )\\bespalier ([a-z][^`\\n#;|&)>]*)");

  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** Places for words of the reader's that must be numbers. */
  private static final Pattern NUMBER = Pattern.compile("\\bN\\b");

  private record Shown(String page, String command) {}

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      List<Path> found =
          docs.filter(page -> page.toString().endsWith(".md"))
              .filter(page -> !page.startsWith(ROOT.resolve("docs").resolve("decisions")))
              .filter(page -> !page.startsWith(ROOT.resolve("docs").resolve("reference")))
              .toList();
      return Stream.concat(
          Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")), found.stream());
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commands_ofAPage_canBeGivenAsTheyStandThere(Path page) throws IOException {
    for (Shown shown : shown(page)) {
      String problem = problem(words(shown.command()));

      assertThat(problem).as("%s: espalier %s", shown.page(), shown.command()).isEmpty();
    }
  }

  @Test
  void commands_ofAllPages_areFound() throws IOException {
    long count = 0;
    for (Path page : pages().toList()) {
      count += shown(page).size();
    }
    assertThat(count).isGreaterThan(50);
  }

  @Test
  void problem_ofAnOptionThatIsNoLonger_isSaid() {
    assertThat(problem(words("best ID --best-of 5"))).contains("--best-of");
    assertThat(problem(words("fine-tune ID"))).contains("fine-tune");
    assertThat(problem(words("finetune"))).isEmpty();
    assertThat(problem(words("cancel --now"))).isNotEmpty();
  }

  private static List<Shown> shown(Path page) throws IOException {
    String text = Files.readString(page).replaceAll("\"\\$\\([^\\n]*\\)\"", "FILE");
    List<Shown> all = new ArrayList<>();
    for (Matcher found = COMMAND.matcher(text); found.find(); ) {
      all.add(new Shown(page.toString(), found.group(1).strip()));
    }
    return all;
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(NUMBER.matcher(command).replaceAll("1")); word.find(); ) {
      String found =
          Stream.of(word.group(1), word.group(2), word.group(3))
              .filter(one -> one != null)
              .findFirst()
              .orElseThrow()
              .replaceAll(",?\\.\\.\\.$", "");
      if (!found.isEmpty()) {
        words.add(found);
      }
    }
    return words;
  }

  /** What is wrong with a command; nothing, too, if it is only named, without what it needs. */
  private static String problem(List<String> words) {
    try {
      new CommandLine(new Espalier())
          .setCaseInsensitiveEnumValuesAllowed(true)
          .parseArgs(words.toArray(String[]::new));
      return "";
    } catch (CommandLine.MissingParameterException e) {
      boolean named = words.stream().allMatch(word -> word.matches("[a-z]+"));
      return named ? "" : "" + e.getMessage();
    } catch (CommandLine.ParameterException e) {
      return "" + e.getMessage();
    }
  }
}
