package dev.espalier.pruningnet.tensor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The beginning of a {@link ParameterFile}.
 *
 * @param kind what the file is
 * @param entries what is known of the parameters
 * @param names of the parameters, in order
 * @param sizes number of values of each parameter
 */
record ParameterHeader(
    String kind, SortedMap<String, String> entries, List<String> names, List<Long> sizes) {

  static final byte[] MAGIC = "ESPALIER".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  static final int PREFIX = MAGIC.length + 4 + 4;

  static ParameterHeader of(
      String kind, SortedMap<String, String> entries, List<Parameter> parameters) {
    return new ParameterHeader(
        kind,
        entries,
        parameters.stream().map(Parameter::name).toList(),
        parameters.stream().map(Parameter::size).toList());
  }

  /** The file's bytes up to the first value. */
  ByteBuffer encode() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(body)) {
      write(out, kind);
      out.writeInt(entries.size());
      for (Map.Entry<String, String> entry : entries.entrySet()) {
        write(out, entry.getKey());
        write(out, entry.getValue());
      }
      out.writeInt(names.size());
      for (int i = 0; i < names.size(); i++) {
        write(out, names.get(i));
        out.writeLong(sizes.get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail", e);
    }
    return ByteBuffer.allocate(PREFIX + body.size())
        .put(MAGIC)
        .putInt(VERSION)
        .putInt(body.size())
        .put(body.toByteArray())
        .flip();
  }

  /** Reads what follows the prefix. */
  static ParameterHeader decode(byte[] body) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
    String kind = read(in);
    SortedMap<String, String> entries = new TreeMap<>();
    int entryCount = in.readInt();
    for (int i = 0; i < entryCount; i++) {
      String key = read(in);
      entries.put(key, read(in));
    }
    List<String> names = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      names.add(read(in));
      sizes.add(in.readLong());
    }
    return new ParameterHeader(kind, entries, names, sizes);
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static String read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new EOFException();
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
