package dev.espalier.worker.request;

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
}
