package dev.espalier.driver.spark.file;

import dev.espalier.worker.request.ContentFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkFiles;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * How a file comes to a worker. Threads of the driver's own process map the driver's file, so that
 * gigabytes are neither copied nor held on the heap. Any other executor gets its bytes as a
 * broadcast, once for each process, and keeps them in its temporary folder.
 */
public sealed interface WorkerFile extends Serializable, AutoCloseable {

  /** Size of a piece of a file on its way. */
  int CHUNK_BYTES = 1 << 26;

  /** The way for the workers of a Spark context. */
  static WorkerFile of(JavaSparkContext spark, ContentFile file) {
    return spark.isLocal()
        ? new Shared(file.digest(), file.path().toString())
        : new Shipped(file.digest(), spark.broadcast(chunks(file.path(), CHUNK_BYTES)));
  }

  /** On a worker: the file at its place on this machine. */
  ContentFile place();

  /** On the driver: gives up what workers need to get the file. */
  @Override
  void close();

  /**
   * The workers see the driver's file.
   *
   * @param digest of its content
   * @param path where it lies
   */
  record Shared(String digest, String path) implements WorkerFile {

    @Override
    public ContentFile place() {
      return new ContentFile(digest, Path.of(path));
    }

    @Override
    public void close() {}
  }

  /**
   * The workers get copies.
   *
   * @param digest of its content
   * @param content in chunks
   */
  record Shipped(String digest, Broadcast<byte[][]> content) implements WorkerFile {

    @Override
    public ContentFile place() {
      return unpack(digest, content.value(), Path.of(SparkFiles.getRootDirectory()));
    }

    @Override
    public void close() {
      content.destroy();
    }
  }

  /** The content of a file in pieces, as one array holds at most 2 GiB. */
  static byte[][] chunks(Path file, int size) {
    List<byte[]> chunks = new ArrayList<>();
    try (var content = Files.newInputStream(file)) {
      byte[] chunk = content.readNBytes(size);
      while (chunk.length > 0) {
        chunks.add(chunk);
        chunk = content.readNBytes(size);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + " to send it to the workers", e);
    }
    return chunks.toArray(byte[][]::new);
  }

  /** Writes a file into a folder under the name of its digest, unless it is there. */
  static ContentFile unpack(String digest, byte[][] chunks, Path folder) {
    Path place = folder.resolve(digest);
    if (!Files.exists(place)) {
      try {
        Path written = Files.createTempFile(folder, digest, ".tmp");
        try (OutputStream out = Files.newOutputStream(written)) {
          for (byte[] chunk : chunks) {
            out.write(chunk);
          }
        }
        Files.move(written, place, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot keep a file of the driver in " + folder, e);
      }
    }
    return new ContentFile(digest, place);
  }
}
