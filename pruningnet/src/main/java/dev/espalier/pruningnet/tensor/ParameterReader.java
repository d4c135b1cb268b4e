package dev.espalier.pruningnet.tensor;

import dev.espalier.search.job.BadInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;

/**
 * An open {@link ParameterFile}, or the same bytes from elsewhere: its header is known, its values
 * are yet to be read, once. Not thread-safe.
 */
public final class ParameterReader implements AutoCloseable {

  private static final int DIGEST_BYTES = 32;

  /** Thousands of parameters; it is taken on trust, before the digest at the end is known. */
  private static final int MAX_HEADER_BYTES = 1 << 22;

  private final ReadableByteChannel channel;
  private final DigestingChannel in;
  private final String source;
  private final ParameterHeader header;

  private ParameterReader(
      ReadableByteChannel channel, DigestingChannel in, String source, ParameterHeader header) {
    this.channel = channel;
    this.in = in;
    this.source = source;
    this.header = header;
  }

  /**
   * Reads the header. The reader closes the channel, also if this fails.
   *
   * @param source name of the file for messages
   * @param kind the kind of file that is expected
   * @throws BadInputException if the bytes are cut short or not of this kind
   */
  public static ParameterReader of(ReadableByteChannel channel, String source, String kind) {
    try {
      DigestingChannel in = DigestingChannel.reading(channel);
      ParameterHeader header = readHeader(in, source, kind);
      return new ParameterReader(channel, in, source, header);
    } catch (EOFException e) {
      throw closing(channel, cutShort(source, e));
    } catch (BadInputException e) {
      throw closing(channel, e);
    } catch (IOException e) {
      throw closing(channel, new UncheckedIOException("cannot read " + source, e));
    }
  }

  /** What is known of the parameters. */
  public SortedMap<String, String> entries() {
    return header.entries();
  }

  /** An entry; a {@link BadInputException} if the file lacks it. */
  public String entry(String key) {
    String value = header.entries().get(key);
    if (value == null) {
      throw new BadInputException("%s: its header has no '%s'".formatted(source, key));
    }
    return value;
  }

  /** An entry that is a number; a {@link BadInputException} if it is none within these bounds. */
  public long number(String key, long least, long most) {
    String value = entry(key);
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new BadInputException(notBetween(key, value, least, most), e);
    }
    throw new BadInputException(notBetween(key, value, least, most));
  }

  /** The file's name, for messages. */
  public String source() {
    return source;
  }

  /**
   * Reads all values into parameters of the same names and sizes, in the same order.
   *
   * @return the digest at the end of the file, as 64 hexadecimal digits
   * @throws BadInputException if the file has other parameters, is cut short or damaged; what was
   *     read by then is in the parameters
   */
  public String read(List<Parameter> parameters) {
    checkSame(parameters);
    try {
      for (Parameter parameter : parameters) {
        in.read(parameter.bytes());
      }
      ByteBuffer expected = in.digest();
      ByteBuffer found = ByteBuffer.allocate(DIGEST_BYTES);
      in.read(found);
      if (!Arrays.equals(found.array(), expected.array())) {
        throw new BadInputException(
            "%s: its digest is %s, but that of its content is %s. Maybe it was damaged on the way."
                .formatted(source, DigestingChannel.hex(found), DigestingChannel.hex(expected)));
      }
      if (channel.read(ByteBuffer.allocate(1)) >= 0) {
        throw new BadInputException("%s: there are bytes behind its end".formatted(source));
      }
      return DigestingChannel.hex(found);
    } catch (EOFException e) {
      throw cutShort(source, e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + source, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + source, e);
    }
  }

  private static ParameterHeader readHeader(DigestingChannel in, String source, String kind)
      throws IOException {
    ByteBuffer prefix = ByteBuffer.allocate(ParameterHeader.PREFIX);
    in.read(prefix);
    byte[] magic = Arrays.copyOf(prefix.array(), ParameterHeader.MAGIC.length);
    int version = prefix.getInt(magic.length);
    int length = prefix.getInt(magic.length + 4);
    if (!Arrays.equals(magic, ParameterHeader.MAGIC)) {
      throw new BadInputException(
          "%s: it does not begin as a %s file does. Maybe it is something else."
              .formatted(source, kind));
    }
    if (version != ParameterHeader.VERSION) {
      throw new BadInputException(
          "%s: it has format %d, expected %d. Maybe another version of Espalier wrote it."
              .formatted(source, version, ParameterHeader.VERSION));
    }
    if (length < 0 || length > MAX_HEADER_BYTES) {
      throw new BadInputException(
          "%s: a header of %d bytes is not possible. Maybe it was damaged on the way."
              .formatted(source, length));
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    in.read(body);
    ParameterHeader header = ParameterHeader.decode(body.array());
    if (!header.kind().equals(kind)) {
      throw new BadInputException(
          "%s: it is a %s file, expected a %s file".formatted(source, header.kind(), kind));
    }
    return header;
  }

  private void checkSame(List<Parameter> parameters) {
    ParameterHeader wanted = ParameterHeader.of(header.kind(), header.entries(), parameters);
    if (wanted.names().size() != header.names().size()) {
      throw new BadInputException(
          "%s: it has %d parameters, expected %d"
              .formatted(source, header.names().size(), wanted.names().size()));
    }
    for (int i = 0; i < wanted.names().size(); i++) {
      if (!wanted.names().get(i).equals(header.names().get(i))
          || !wanted.sizes().get(i).equals(header.sizes().get(i))) {
        throw new BadInputException(
            "%s: parameter %d is '%s' of %d values, expected '%s' of %d"
                .formatted(
                    source,
                    i,
                    header.names().get(i),
                    header.sizes().get(i),
                    wanted.names().get(i),
                    wanted.sizes().get(i)));
      }
    }
  }

  private String notBetween(String key, String value, long least, long most) {
    return "%s: its header has %s '%s', expected a number from %d to %d. Maybe it was damaged on the way."
        .formatted(source, key, value, least, most);
  }

  private static BadInputException cutShort(String source, EOFException cause) {
    return new BadInputException(
        "%s: it ends too early. Maybe it was not copied as a whole.".formatted(source), cause);
  }

  private static RuntimeException closing(ReadableByteChannel channel, RuntimeException failure) {
    try {
      channel.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
