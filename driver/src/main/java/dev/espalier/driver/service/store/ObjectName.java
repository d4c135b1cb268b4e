package dev.espalier.driver.service.store;

import dev.espalier.search.job.BadInputException;
import java.util.regex.Pattern;

/** What an object or a folder of a store may be called: nothing that leads elsewhere. */
public final class ObjectName {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  private ObjectName() {}

  /** The name itself, if it can be one. */
  public static String require(String name) {
    if (!isName(name)) {
      throw new BadInputException(
          "'%s': expected a name of letters, digits, dots and dashes that does not begin with a dot"
              .formatted(name));
    }
    return name;
  }

  /** Whether it can be one. */
  public static boolean isName(String name) {
    return SAFE.matcher(name).matches();
  }
}
