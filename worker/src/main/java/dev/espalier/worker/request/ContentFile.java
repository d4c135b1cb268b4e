package dev.espalier.worker.request;

import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;

/**
 * A file that workers read, known by its content.
 *
 * @param digest SHA-256 of its content, in hexadecimal digits
 * @param path where it lies on the machine that reads it
 */
public record ContentFile(String digest, Path path) {

  /** The same content at another place. */
  public ContentFile at(Path place) {
    return new ContentFile(digest, place);
  }

  /**
   * Refuses what was found instead of the content.
   *
   * @param found digest of what lies there
   * @throws BadInputException if it is another one
   */
  public void require(String found) {
    if (!digest.equals(found)) {
      throw new BadInputException(
          "%s: found digest %s, expected %s. Maybe it was replaced while the job ran?"
              .formatted(path, found, digest));
    }
  }
}
