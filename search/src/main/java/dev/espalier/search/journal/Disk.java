package dev.espalier.search.journal;

import java.io.IOException;
import java.util.List;

/**
 * The port to one folder of files. What is written is sure to outlive a crash only after it was
 * forced: a file's bytes by {@link #force}, and that a file of this name is there at all (or is
 * gone) by {@link #forceNames}.
 *
 * <p>Every method throws an {@link IOException} that names the file. Used by one thread at a time.
 */
public interface Disk {

  /** The names of the files in the folder, sorted. */
  List<String> names() throws IOException;

  /** All bytes of a file. */
  byte[] read(String name) throws IOException;

  /** Makes an empty file of a name that no file has; false if one has it. Only one caller wins. */
  boolean create(String name) throws IOException;

  /** Adds bytes to the end of a file, which is made if it is not there. */
  void append(String name, byte[] bytes) throws IOException;

  /** Returns when the bytes and the size of a file are durable. */
  void force(String name) throws IOException;

  /** Gives a file another name, replacing the file that had it: all or nothing. */
  void rename(String from, String to) throws IOException;

  /** Removes a file, if it is there. */
  void delete(String name) throws IOException;

  /** Returns when it is durable which names are in the folder. */
  void forceNames() throws IOException;
}
