package intruder;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Leaves a mark in a folder wherever it is read from a stream, as a harmful object would. */
public final class Gadget implements Callable<String>, Serializable {

  private static final long serialVersionUID = 1L;

  private final String folder;

  public Gadget(Path folder) {
    this.folder = folder.toString();
  }

  @Override
  public String call() {
    return folder;
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    Files.createTempFile(Path.of(folder), "process-" + ProcessHandle.current().pid(), ".mark");
  }
}
