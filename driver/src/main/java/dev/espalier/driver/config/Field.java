package dev.espalier.driver.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * One field of a job as its schema describes it.
 *
 * @param schema the part of the schema that is about this field
 */
record Field(JsonNode schema) {

  /** The field at a place in a job, however deep. */
  Field at(JsonPointer place) {
    if (place.matches()) {
      return this;
    }
    JsonNode inner =
        schema.has("items")
            ? schema.path("items")
            : schema.path("properties").path(place.getMatchingProperty());
    return new Field(inner).at(place.tail());
  }

  /** The fields inside this one. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** A field inside this one. */
  Field field(String key) {
    return new Field(schema.path("properties").path(key));
  }

  /** Whether this field is a section with fields inside. */
  boolean isSection() {
    return schema.has("properties");
  }

  /** What it is for, one or two sentences. */
  String description() {
    return schema.path("description").asText();
  }

  /** What it is when left out, or else an example. */
  JsonNode sample() {
    return schema.has("default") ? schema.path("default") : schema.path("examples").path(0);
  }

  /** What it may hold, in words that follow "expected". */
  String expected() {
    if (schema.has("enum")) {
      return "one of " + joined(schema.path("enum"), ", ");
    }
    List<String> rules = new ArrayList<>();
    rule(rules, "at least ", "minimum");
    rule(rules, "more than ", "exclusiveMinimum");
    rule(rules, "at most ", "maximum");
    rule(rules, "less than ", "exclusiveMaximum");
    if (schema.has("pattern")) {
      rules.add("like " + sample().asText());
    }
    return rules.isEmpty() ? kind() : kind() + ", " + String.join(" and ", rules);
  }

  private String kind() {
    return switch (schema.path("type").asText("text or a whole number")) {
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      case "object" -> "the fields " + String.join(", ", keys());
      case "array" -> "a list without repeats of " + new Field(schema.path("items")).expected();
      case "string" -> "text";
      default -> "text or a whole number, like " + sample().asText();
    };
  }

  private void rule(List<String> rules, String words, String keyword) {
    if (schema.has(keyword)) {
      rules.add(words + schema.path(keyword).asText());
    }
  }

  private static String joined(JsonNode values, String separator) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(separator));
  }
}
