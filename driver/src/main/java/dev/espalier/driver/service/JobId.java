package dev.espalier.driver.service;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.espalier.search.job.BadInputException;
import java.util.regex.Pattern;

/**
 * A job's id, e.g. {@code cifar10-3}: its name and a number. Safe as the name of a folder.
 *
 * @param text lower-case letters, digits and dashes
 */
public record JobId(@JsonValue String text) {

  private static final Pattern SAFE = Pattern.compile("[a-z0-9][a-z0-9-]{0,59}");

  /** Refuses an id that could leave the folder of jobs. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public JobId {
    if (!isId(text)) {
      throw new BadInputException(
          "job id '%s': expected lower-case letters, digits and dashes, like quickstart-1"
              .formatted(text));
    }
  }

  /** The id of the n-th job of a name. */
  public static JobId of(String name, int number) {
    return new JobId(name + "-" + number);
  }

  /** Whether a text can be an id. */
  public static boolean isId(String text) {
    return SAFE.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
