package dev.espalier.driver.service.store.hadoop;

import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;

/**
 * Opens stores by what people call them: a folder of the file system ({@code /shared/espalier} or
 * {@code file:///shared/espalier}), or any URI that Hadoop has a client for. A {@link
 * BadInputException} says why one cannot be used.
 *
 * <p>Settings of a client are system properties that begin with {@code spark.hadoop.}, as Spark has
 * it, or in {@code core-site.xml} on the class path.
 */
public final class Stores {

  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final String SETTING = "spark.hadoop.";

  private Stores() {}

  /** A store to read from. */
  public static Store read(String place) {
    if (isLocal(place)) {
      java.nio.file.Path folder = folder(place);
      if (!Files.isReadable(folder) || !Files.isDirectory(folder)) {
        throw new BadInputException(
            "--store '%s': no folder that can be read, expected one that jobs were submitted to"
                .formatted(place));
      }
      return Store.shared(Folder.of(folder));
    }
    return remote(place, (files, root) -> NoWriting.HERE);
  }

  /**
   * A store to write into. It is tried whether of two who create an object at once only one does
   * so: all else relies on it.
   */
  public static Store write(String place) {
    return isLocal(place) ? local(place) : remote(place, Stores::proven);
  }

  private static Store local(String place) {
    java.nio.file.Path folder = folder(place);
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new AccessDeniedException(folder.toString(), null, "it may not be written");
      }
      return Store.shared(Folder.of(folder));
    } catch (IOException e) {
      throw new BadInputException(
          "--store '%s': %s, expected a folder that can be written".formatted(place, e), e);
    }
  }

  private static boolean isLocal(String place) {
    return place.startsWith("file:") || !SCHEME.matcher(place).matches();
  }

  private static java.nio.file.Path folder(String place) {
    if (place.isBlank()) {
      throw new BadInputException(
          "--store is empty, expected a folder or a URI like file:///shared/espalier");
    }
    try {
      return place.startsWith("file:")
          ? java.nio.file.Path.of(URI.create(place))
          : java.nio.file.Path.of(place);
    } catch (IllegalArgumentException e) {
      String reason = e instanceof InvalidPathException path ? path.getReason() : e.getMessage();
      throw new BadInputException(
          "--store '%s': %s, expected a folder or a URI like file:///shared/espalier"
              .formatted(place, reason),
          e);
    }
  }

  /** Chooses how to write into a file system. */
  private interface Choice {
    Writing of(FileSystem files, Path root) throws IOException;
  }

  private static Store remote(String place, Choice choice) {
    URI uri = parse(place);
    try {
      FileSystem files = FileSystem.get(uri, settings());
      Path root = new Path(uri.getRawPath().isEmpty() ? uri.resolve("/") : uri);
      if (files.exists(root) && !files.getFileStatus(root).isDirectory()) {
        throw new BadInputException(
            "--store '%s': it is a file, expected a folder".formatted(place));
      }
      return Store.shared(new HadoopFolder(files, root, choice.of(files, root)));
    } catch (BadInputException e) {
      throw e;
    } catch (IOException | RuntimeException | LinkageError e) {
      throw StoreTrouble.told(place, uri, e);
    }
  }

  private static URI parse(String place) {
    try {
      URI uri = new URI(place);
      if (uri.getUserInfo() != null && uri.getUserInfo().contains(":")) {
        throw new BadInputException(
            "--store: a password in a URI can be seen by all, expected one without. Maybe put it into core-site.xml?");
      }
      if (uri.isOpaque() || uri.getRawPath() == null) {
        throw new URISyntaxException(place, "no path begins with a slash");
      }
      return uri.normalize();
    } catch (URISyntaxException e) {
      throw new BadInputException(
          "--store '%s': %s, expected a folder or a URI like hdfs://HOST:PORT/espalier"
              .formatted(place, e.getReason()),
          e);
    }
  }

  private static Configuration settings() {
    Configuration settings = new Configuration();
    // An address that swallows everything: Hadoop's own default is to try for a quarter of an hour.
    settings.set("ipc.client.connect.max.retries.on.timeouts", "2");
    System.getProperties()
        .stringPropertyNames()
        .forEach(
            name -> {
              if (name.startsWith(SETTING)) {
                settings.set(name.substring(SETTING.length()), System.getProperty(name));
              }
            });
    return settings;
  }

  private static Writing proven(FileSystem files, Path root) throws IOException {
    Writing writing;
    if (files instanceof DistributedFileSystem hdfs) {
      writing = new RenameWriting(hdfs, new Path(root, ".unfinished"));
    } else {
      PutWriting puts = PutWriting.of(files, root);
      StoreProbe.requireConditional(puts, root);
      writing = puts;
    }
    StoreProbe.requireExclusive(writing, files, root);
    return writing;
  }
}
