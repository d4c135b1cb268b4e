package dev.espalier.images;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile, read.
 *
 * @param stages in their order; the last one is the image
 */
record Dockerfile(List<Stage> stages) {

  static final Path FILE = Path.of("docker", "Dockerfile").toAbsolutePath();

  private static final Pattern FROM = Pattern.compile("(\\S+)(?: AS (\\S+))?");
  private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(\\S+)");

  /**
   * A stage.
   *
   * @param base the image that it begins with
   * @param name what other stages call it, or empty
   * @param instructions what follows FROM
   */
  record Stage(String base, String name, List<Instruction> instructions) {

    /** What one kind of instruction says, each time. */
    List<String> all(String keyword) {
      return instructions.stream()
          .filter(instruction -> instruction.keyword().equals(keyword))
          .map(Instruction::text)
          .toList();
    }

    /** What the last instruction of a kind says. */
    String last(String keyword) {
      List<String> all = all(keyword);
      return all.get(all.size() - 1);
    }

    /** Its environment. */
    Map<String, String> environment() {
      Map<String, String> variables = new LinkedHashMap<>();
      Matcher matcher = VARIABLE.matcher(String.join(" ", all("ENV")));
      while (matcher.find()) {
        variables.put(matcher.group(1), matcher.group(2));
      }
      return variables;
    }
  }

  /** A keyword and the rest of its line. */
  record Instruction(String keyword, String text) {}

  static Dockerfile read() throws IOException {
    String text = Files.readString(FILE).replaceAll("(?m)^\\s*#.*\\R", "");
    List<Stage> stages = new ArrayList<>();
    for (String line : text.replaceAll("\\\\\\R", " ").split("\\R")) {
      if (line.isBlank()) {
        continue;
      }
      String keyword = line.substring(0, line.indexOf(' '));
      String rest = line.substring(line.indexOf(' ')).strip();
      Matcher from = FROM.matcher(rest);
      if (keyword.equals("FROM") && from.matches()) {
        String name = from.group(2) == null ? "" : from.group(2);
        stages.add(new Stage(from.group(1), name, new ArrayList<>()));
      } else {
        stages.get(stages.size() - 1).instructions().add(new Instruction(keyword, rest));
      }
    }
    return new Dockerfile(stages);
  }

  Stage image() {
    return stages.get(stages.size() - 1);
  }

  /** A command in the form of a JSON list, which no shell reads. */
  static List<String> words(String list) throws IOException {
    return List.of(new ObjectMapper().readValue(list, String[].class));
  }
}
