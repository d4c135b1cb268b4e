package dev.espalier.pruningnet.meta;

import dev.espalier.pruningnet.tensor.ParameterFile;
import dev.espalier.pruningnet.tensor.ParameterReader;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.SearchSpace;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/**
 * A PruningNet as a file: {@link ParameterFile} of kind {@code pruningnet}. Closing it closes the
 * PruningNet.
 *
 * @param net the PruningNet
 * @param provenance what it was made from
 * @param digest SHA-256 of the file's content: part of the key of every score
 */
public record TrainedPruningNet(PruningNet net, Provenance provenance, String digest)
    implements AutoCloseable {

  /** The kind of file. */
  public static final String KIND = "pruningnet";

  /** Writes a PruningNet to a file, all or nothing, and returns it with its digest. */
  public static TrainedPruningNet save(PruningNet net, Provenance provenance, Path file) {
    String digest = ParameterFile.write(file, KIND, provenance.entries(), net.parameters());
    return new TrainedPruningNet(net, provenance, digest);
  }

  /**
   * Reads a PruningNet.
   *
   * @throws BadInputException if the file is missing, cut short, damaged, something else, or a
   *     PruningNet for another space; the message names the file
   */
  public static TrainedPruningNet load(Path file, SearchSpace space) {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      return load(reader, space);
    }
  }

  /**
   * Reads a file's bytes from elsewhere, e.g. from a broadcast; closes the channel.
   *
   * @param source name for messages
   */
  public static TrainedPruningNet load(
      ReadableByteChannel channel, String source, SearchSpace space) {
    try (ParameterReader reader = ParameterReader.of(channel, source, KIND)) {
      return load(reader, space);
    }
  }

  /** What a file was made from, without its parameters. */
  public static Provenance provenance(Path file) {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      return Provenance.of(reader);
    }
  }

  private static TrainedPruningNet load(ParameterReader reader, SearchSpace space) {
    Provenance provenance = Provenance.of(reader);
    String expected = SpaceDigest.of(space);
    if (!provenance.space().equals(expected)) {
      throw new BadInputException(
          ("%s: it is a PruningNet of %s with space %.8s, expected %s with space %.8s."
                  + " Maybe the job's network or widths have changed since.")
              .formatted(
                  reader.source(),
                  provenance.network(),
                  provenance.space(),
                  space.network().name(),
                  expected));
    }
    PruningNet net = PruningNet.blank(space, provenance.hidden());
    try {
      return new TrainedPruningNet(net, provenance, reader.read(net.parameters()));
    } catch (RuntimeException e) {
      net.close();
      throw e;
    }
  }

  @Override
  public void close() {
    net.close();
  }
}
