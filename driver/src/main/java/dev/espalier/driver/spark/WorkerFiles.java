package dev.espalier.driver.spark;

import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
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
 * How the weights and images of a context come to a worker. Threads of the driver's own process map
 * the driver's files, so that gigabytes are neither copied nor held on the heap. Any other executor
 * gets their bytes as a broadcast, once for each process, and keeps them in its temporary folder.
 */
sealed interface WorkerFiles extends Serializable, AutoCloseable {

  /** Size of a piece of a file on its way. */
  int CHUNK_BYTES = 1 << 26;

  /** The way for the workers of a Spark context. */
  static WorkerFiles of(JavaSparkContext spark, EvaluationContext context) {
    return spark.isLocal()
        ? new Shared()
        : new Shipped(ship(spark, context.weights()), ship(spark, context.dataset()));
  }

  /** On a worker: the context with its files at their places on this machine. */
  EvaluationContext place(EvaluationContext context);

  /** On the driver: gives up what workers need to get the files. */
  @Override
  void close();

  /** The workers see the driver's files. */
  record Shared() implements WorkerFiles {

    @Override
    public EvaluationContext place(EvaluationContext context) {
      return context;
    }

    @Override
    public void close() {}
  }

  /**
   * The workers get copies.
   *
   * @param weights chunks of the weights' file
   * @param dataset chunks of the images' file
   */
  record Shipped(Broadcast<byte[][]> weights, Broadcast<byte[][]> dataset) implements WorkerFiles {

    @Override
    public EvaluationContext place(EvaluationContext context) {
      Path folder = Path.of(SparkFiles.getRootDirectory());
      return context.withFiles(
          unpack(context.weights(), weights.value(), folder),
          unpack(context.dataset(), dataset.value(), folder));
    }

    @Override
    public void close() {
      weights.destroy();
      dataset.destroy();
    }
  }

  private static Broadcast<byte[][]> ship(JavaSparkContext spark, ContentFile file) {
    return spark.broadcast(chunks(file.path(), CHUNK_BYTES));
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
  static ContentFile unpack(ContentFile file, byte[][] chunks, Path folder) {
    Path place = folder.resolve(file.digest());
    if (!Files.exists(place)) {
      try {
        Path written = Files.createTempFile(folder, file.digest(), ".tmp");
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
    return file.at(place);
  }
}
