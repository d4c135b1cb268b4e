package dev.espalier.driver.service.store.hadoop;

import org.apache.hadoop.fs.Path;

/** A store that was opened to be read. */
enum NoWriting implements Writing {
  HERE;

  @Override
  public boolean create(Path path, byte[] content) {
    throw refusal(path);
  }

  @Override
  public void replace(Path path, byte[] content) {
    throw refusal(path);
  }

  private static IllegalStateException refusal(Path path) {
    return new IllegalStateException("not opened to write " + path);
  }
}
