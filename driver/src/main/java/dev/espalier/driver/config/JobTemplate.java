package dev.espalier.driver.config;

import com.fasterxml.jackson.databind.JsonNode;

/** Writes the job file that people start from: every field, what it is for and its default. */
public final class JobTemplate {

  private static final int WIDTH = 96;

  private final StringBuilder text = new StringBuilder();

  private JobTemplate() {}

  /** A commented job file that is a job with every default. */
  public static String text() {
    JobTemplate template = new JobTemplate();
    Field job = JobSchema.shipped().job();
    template.comment("", job.description() + " Fields that are left out keep these values.");
    template.fields("", job);
    return template.text.toString();
  }

  private void fields(String indent, Field section) {
    for (String key : section.keys()) {
      Field field = section.field(key);
      if (indent.isEmpty()) {
        text.append('\n');
      }
      comment(indent, field.description());
      if (field.isSection()) {
        text.append(indent).append(key).append(":\n");
        fields(indent + "  ", field);
      } else {
        text.append("%s%s: %s\n".formatted(indent, key, field.sample()));
        items(indent + "  ", field);
      }
    }
  }

  /** An example of a list of sections, as comments: the list itself is empty by default. */
  private void items(String indent, Field list) {
    JsonNode item = list.schema().path("items");
    if (!item.has("properties")) {
      return;
    }
    String lead = "# - ";
    for (String key : new Field(item).keys()) {
      Field field = new Field(item).field(key);
      text.append(
          "%s%s%s: %s  # %s\n"
              .formatted(indent, lead, key, field.sample(), field.description() + expected(field)));
      lead = "#   ";
    }
  }

  private static String expected(Field field) {
    return field.schema().has("enum") ? " Expected: " + field.expected() + "." : "";
  }

  private void comment(String indent, String words) {
    StringBuilder line = new StringBuilder(indent).append('#');
    for (String word : words.split(" ")) {
      if (line.length() + word.length() >= WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent).append('#');
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
