package dev.espalier.driver.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.networknt.schema.ValidationMessage;
import dev.espalier.search.job.Nearest;

/**
 * What is wrong with one field of a job.
 *
 * @param place where in the file
 * @param text what was found and what is expected
 */
record Complaint(JsonPointer place, String text) {

  /** The words for what the schema's validator found. */
  static Complaint of(ValidationMessage message, Field job) {
    JsonPointer place = JsonPointer.compile(message.getInstanceLocation().toString());
    return switch (message.getType()) {
      case "additionalProperties" -> unknown(place, message.getProperty(), job.at(place));
      case "required" -> missing(place.appendProperty(message.getProperty()), job);
      default ->
          new Complaint(
              place,
              "%s: found %s, expected %s"
                  .formatted(name(place), message.getInstanceNode(), job.at(place).expected()));
    };
  }

  private static Complaint unknown(JsonPointer place, String key, Field section) {
    JsonPointer unknown = place.appendProperty(key);
    String known = "Known here: " + String.join(", ", section.keys()) + ".";
    String guess =
        Nearest.to(key, section.keys()).map("Maybe '%s' is meant?"::formatted).orElse(known);
    return new Complaint(unknown, "%s is not a field of a job. %s".formatted(name(unknown), guess));
  }

  private static Complaint missing(JsonPointer place, Field job) {
    return new Complaint(
        place, "%s is missing, expected %s".formatted(name(place), job.at(place).expected()));
  }

  /** A place as people write it: {@code search.nsga2.population}, {@code constraints[0].max}. */
  private static String name(JsonPointer place) {
    StringBuilder text = new StringBuilder();
    for (JsonPointer at = place; !at.matches(); at = at.tail()) {
      if (at.mayMatchElement()) {
        text.append('[').append(at.getMatchingIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(at.getMatchingProperty());
      }
    }
    return text.isEmpty() ? "the job" : text.toString();
  }
}
