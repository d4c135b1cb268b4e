package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.driver.config.JobSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * Holds docs/reference to what the code says. With {@code -Dreference.write=true} it writes the
 * pages anew.
 */
class ReferenceTest {

  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final int WIDTH = 110;

  @Test
  void commands_all_standInTheReferenceAsTheirHelpSays() throws Exception {
    StringBuilder page =
        new StringBuilder("# Commands\n\nWhat `--help` prints, command by command.\n");
    CommandLine root = new CommandLine(new Espalier()).setUsageHelpWidth(WIDTH);
    command(root, page);

    requireSame("commands.md", page.toString());
  }

  @Test
  void jobFile_everyField_standsInTheReferenceAsTheSchemaSays() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(JobSchema.shipped().text());
    StringBuilder page =
        new StringBuilder(
            "# The job file\n\n"
                + schema.path("description").asText()
                + " `espalier job schema` prints the schema for editors, `espalier job init` a file with every field.\n");
    section("", schema, page);

    requireSame("job.md", page.toString());
  }

  private static void requireSame(String name, String expected) throws Exception {
    Path file = FOLDER.resolve(name);
    if (Boolean.getBoolean("reference.write")) {
      Files.writeString(file, expected);
    }
    assertThat(Files.readString(file))
        .as("%s, which -Dreference.write=true writes anew", file)
        .isEqualTo(expected);
  }

  private static void command(CommandLine command, StringBuilder page) {
    String usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
    page.append("\n## %s\n```\n".formatted(command.getCommandSpec().qualifiedName()));
    usage.lines().forEach(line -> page.append(line.stripTrailing()).append('\n'));
    page.append("```\n");
    command.getSubcommands().values().forEach(one -> command(one, page));
  }

  private static void section(String path, JsonNode object, StringBuilder page) {
    List<Map.Entry<String, JsonNode>> nested = new ArrayList<>();
    page.append("\n| field | what it may be | default | meaning |\n|---|---|---|---|\n");
    object
        .path("properties")
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              JsonNode inner = value.has("items") ? value.path("items") : value;
              if (inner.has("properties")) {
                nested.add(Map.entry(path + field.getKey(), inner));
              }
              page.append(
                  "| `%s` | %s | %s | %s |\n"
                      .formatted(
                          path + field.getKey(),
                          kind(value),
                          fallback(object, field.getKey(), value),
                          value.path("description").asText().replace("|", "\\|")));
            });
    for (Map.Entry<String, JsonNode> one : nested) {
      String text = one.getValue().path("description").asText();
      page.append("\n## %s\n".formatted(one.getKey()));
      page.append(text.isEmpty() ? "" : text + "\n");
      section(one.getKey() + ".", one.getValue(), page);
    }
  }

  private static String kind(JsonNode field) {
    if (field.has("enum")) {
      List<String> words = new ArrayList<>();
      field.path("enum").forEach(word -> words.add("`%s`".formatted(word.asText())));
      return String.join(", ", words);
    }
    if (field.has("items")) {
      JsonNode items = field.path("items");
      return "list of " + (items.has("properties") ? "what is below" : kind(items));
    }
    if (field.has("properties")) {
      return "see below";
    }
    List<String> types = new ArrayList<>();
    if (field.path("type").isArray()) {
      field.path("type").forEach(type -> types.add(type.asText()));
    } else {
      types.add(field.path("type").asText());
    }
    return String.join(" or ", types) + bounds(field);
  }

  private static String bounds(JsonNode field) {
    String least =
        field.has("minimum")
            ? " from " + field.path("minimum").asText()
            : field.has("exclusiveMinimum") ? " above " + field.path("exclusiveMinimum") : "";
    String most =
        field.has("maximum")
            ? " to " + field.path("maximum").asText()
            : field.has("exclusiveMaximum") ? " below " + field.path("exclusiveMaximum") : "";
    return least + most;
  }

  private static String fallback(JsonNode object, String name, JsonNode field) {
    for (JsonNode required : object.path("required")) {
      if (required.asText().equals(name)) {
        return "required";
      }
    }
    boolean told = field.has("default") && !field.has("properties");
    return told ? "`%s`".formatted(field.path("default")) : "";
  }
}
