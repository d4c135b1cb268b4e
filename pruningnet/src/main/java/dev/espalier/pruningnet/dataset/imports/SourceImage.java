package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.pruningnet.dataset.picture.BrokenPictureException;
import dev.espalier.pruningnet.dataset.picture.Picture;
import java.io.IOException;

/**
 * One image of a source, not read yet.
 *
 * @param where how messages name it
 */
record SourceImage(Partition partition, int label, String where, Reader reader) {

  /** Reads and decodes the image; called by several threads at once for different images. */
  @FunctionalInterface
  interface Reader {
    Picture read() throws IOException, BrokenPictureException;
  }

  SourceImage as(Partition other, int otherLabel) {
    return new SourceImage(other, otherLabel, where, reader);
  }
}
