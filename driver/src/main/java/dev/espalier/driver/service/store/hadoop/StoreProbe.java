package dev.espalier.driver.service.store.hadoop;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Tries in a store whether it does what everything relies on, with objects that it removes. */
final class StoreProbe {

  private StoreProbe() {}

  /** Refuses a store in which an object can be created twice, one after the other. */
  static void requireExclusive(Writing writing, FileSystem files, Path root) throws IOException {
    Path probe = probe(root);
    try {
      if (!writing.create(probe, new byte[] {1}) || writing.create(probe, new byte[] {2})) {
        throw notExclusive(root);
      }
    } finally {
      files.delete(probe, false);
    }
  }

  /**
   * Refuses a store in which two who create an object at the same time both do so, as happens where
   * a client looks first and writes later, and one that shows objects before they are whole.
   */
  static void requireConditional(PutWriting puts, Path root) throws IOException {
    FileSystem files = puts.store();
    Path probe = probe(root);
    try (FSDataOutputStream first = puts.absent(probe)) {
      if (files.exists(probe)) {
        throw new BadInputException(
            "--store '%s': %s shows objects before they are whole, expected HDFS, a folder, or an object store"
                .formatted(root, root.toUri().getScheme()));
      }
      FSDataOutputStream second = puts.absent(probe);
      first.write(1);
      first.close();
      if (closes(second)) {
        throw notExclusive(root);
      }
    } finally {
      files.delete(probe, false);
    }
  }

  private static boolean closes(FSDataOutputStream out) {
    try {
      out.write(2);
      out.close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Path probe(Path root) {
    return new Path(root, ".probe-" + UUID.randomUUID());
  }

  private static BadInputException notExclusive(Path root) {
    String scheme = String.valueOf(root.toUri().getScheme());
    String advice =
        scheme.equals("s3a")
            ? "Maybe take hadoop-aws 3.4.2 or later, with fs.s3a.create.conditional.enabled set to true, and a store that knows If-None-Match?"
            : "Maybe it can be turned on in the client of %s?".formatted(scheme);
    return new BadInputException(
        "--store '%s': two could create the same object, so two services could both believe to own a job; expected that only one can. %s"
            .formatted(root, advice));
  }
}
