package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How a source is imported.
 *
 * @param resize side of the square that every image is scaled and cropped to; without it all images
 *     must have one size
 * @param grayscale whether images become one channel; otherwise they become red, green and blue
 * @param skipBroken whether unreadable images are left out and listed instead of ending the import
 * @param perClass the most images of each class and partition to take, the first ones; without it
 *     all
 * @param test a source of its own for the test partition
 */
public record ImportSettings(
    OptionalInt resize,
    boolean grayscale,
    boolean skipBroken,
    OptionalInt perClass,
    Optional<Path> test) {

  /** Everything as it is: colour, the size of the source, every image, nothing broken. */
  public static final ImportSettings DEFAULTS =
      new ImportSettings(OptionalInt.empty(), false, false, OptionalInt.empty(), Optional.empty());

  private static final int MAX_SIDE = 4096;

  /** Refuses sizes that cannot be. */
  public ImportSettings {
    check("resize", resize, MAX_SIDE);
    check("images per class", perClass, Integer.MAX_VALUE);
  }

  /** The same with a square size in pixels. */
  public ImportSettings withResize(int side) {
    return new ImportSettings(OptionalInt.of(side), grayscale, skipBroken, perClass, test);
  }

  /** The same with images in one channel. */
  public ImportSettings withGrayscale() {
    return new ImportSettings(resize, true, skipBroken, perClass, test);
  }

  /** The same, leaving unreadable images out. */
  public ImportSettings withSkipBroken() {
    return new ImportSettings(resize, grayscale, true, perClass, test);
  }

  /** The same with a bound on the images of each class. */
  public ImportSettings withPerClass(int images) {
    return new ImportSettings(resize, grayscale, skipBroken, OptionalInt.of(images), test);
  }

  /** The same with another source for the test partition. */
  public ImportSettings withTest(Path source) {
    return new ImportSettings(resize, grayscale, skipBroken, perClass, Optional.of(source));
  }

  /** Name and value of each setting, for the origin of the data set. */
  Map<String, String> describe() {
    Map<String, String> settings = new TreeMap<>();
    resize.ifPresent(side -> settings.put("resize", Integer.toString(side)));
    settings.put("grayscale", Boolean.toString(grayscale));
    settings.put("skip-broken", Boolean.toString(skipBroken));
    perClass.ifPresent(images -> settings.put("per-class", Integer.toString(images)));
    test.ifPresent(path -> settings.put("test", String.valueOf(path.getFileName())));
    return settings;
  }

  private static void check(String setting, OptionalInt value, int most) {
    if (value.isPresent() && (value.getAsInt() < 1 || value.getAsInt() > most)) {
      throw new BadInputException(
          "%s: found %d, expected 1 to %d".formatted(setting, value.getAsInt(), most));
    }
  }
}
