package dev.espalier.driver.service.store.hadoop;

import java.io.IOException;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/**
 * Object stores: an object is there, whole, once its stream is closed. Whether it was absent is
 * asked in that same request where the store can do so ({@code If-None-Match}).
 *
 * @param store the file system
 * @param conditional whether it says that it can do so
 */
record PutWriting(FileSystem store, boolean conditional) implements Writing {

  private static final String ABSENT = CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;

  /** The writing of an object store. */
  static PutWriting of(FileSystem store, Path folder) throws IOException {
    return new PutWriting(store, store.hasPathCapability(folder, ABSENT));
  }

  @Override
  public boolean create(Path path, byte[] content) throws IOException {
    try {
      write(absent(path), content);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // Stores have exceptions of their own for it, in jars that we do not know.
      if (store.exists(path)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public void replace(Path path, byte[] content) throws IOException {
    write(store.create(path, true), content);
  }

  /** A stream that becomes an object when it is closed, if there is none by then. */
  FSDataOutputStream absent(Path path) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder = store.createFile(path).recursive();
    return conditional
        ? builder.overwrite(true).must(ABSENT, true).build()
        : builder.overwrite(false).build();
  }

  private static void write(FSDataOutputStream stream, byte[] content) throws IOException {
    try (FSDataOutputStream out = stream) {
      out.write(content);
    }
  }
}
