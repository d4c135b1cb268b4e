package dev.espalier.driver.service.store.hadoop;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** How a file system makes objects that are whole as soon as they can be seen. Thread-safe. */
interface Writing {

  /** Makes an object unless there is one, durably; false if there is one. */
  boolean create(Path path, byte[] content) throws IOException;

  /** Makes or replaces an object, durably and all at once. */
  void replace(Path path, byte[] content) throws IOException;
}
