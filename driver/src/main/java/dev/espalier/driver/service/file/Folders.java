package dev.espalier.driver.service.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes folders that need not outlive a power cut by themselves: what is put there does. */
public final class Folders {

  private Folders() {}

  /** Makes a folder and those around it, unless they are there, and gives it back. */
  public static Path make(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + folder, e);
    }
  }
}
