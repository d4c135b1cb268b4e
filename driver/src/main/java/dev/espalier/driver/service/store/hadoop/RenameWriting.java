package dev.espalier.driver.service.store.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * HDFS: a file is visible before it is whole, but a rename is one step of the name node, which also
 * knows whether the new name was taken. So each object is written beside, made durable on the data
 * nodes, and renamed.
 *
 * @param hdfs the file system
 * @param beside folder of what is not whole yet
 */
record RenameWriting(DistributedFileSystem hdfs, Path beside) implements Writing {

  @Override
  public boolean create(Path path, byte[] content) throws IOException {
    Path written = write(content);
    try {
      rename(written, path, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      hdfs.delete(written, false);
      return false;
    }
  }

  @Override
  public void replace(Path path, byte[] content) throws IOException {
    rename(write(content), path, Options.Rename.OVERWRITE);
  }

  private Path write(byte[] content) throws IOException {
    Path written = new Path(beside, UUID.randomUUID().toString());
    try (FSDataOutputStream out = hdfs.create(written, false)) {
      out.write(content);
      out.hsync();
    }
    return written;
  }

  private void rename(Path from, Path to, Options.Rename how) throws IOException {
    try {
      hdfs.rename(from, to, how);
    } catch (FileNotFoundException e) {
      // The first object of its folder.
      hdfs.mkdirs(to.getParent());
      hdfs.rename(from, to, how);
    }
  }
}
