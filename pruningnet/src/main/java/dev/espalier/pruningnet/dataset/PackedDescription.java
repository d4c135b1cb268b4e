package dev.espalier.pruningnet.dataset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The last bytes of a packed file: everything that is told in words and statistics. */
record PackedDescription(
    String name, List<String> classes, List<Double> mean, List<Double> std, Origin origin) {

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(name);
      out.writeInt(classes.size());
      for (String label : classes) {
        out.writeUTF(label);
      }
      out.writeInt(mean.size());
      for (int channel = 0; channel < mean.size(); channel++) {
        out.writeDouble(mean.get(channel));
        out.writeDouble(std.get(channel));
      }
      out.writeUTF(origin.kind());
      out.writeUTF(origin.source());
      out.writeInt(origin.settings().size());
      for (var setting : origin.settings().entrySet()) {
        out.writeUTF(setting.getKey());
        out.writeUTF(setting.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a name of the data set is longer than 65535 bytes", e);
    }
    return bytes.toByteArray();
  }

  /** Reads what {@link #encode} wrote; an {@link IOException} if it is anything else. */
  static PackedDescription decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      String name = in.readUTF();
      List<String> classes = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        classes.add(in.readUTF());
      }
      List<Double> mean = new ArrayList<>();
      List<Double> std = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        mean.add(in.readDouble());
        std.add(in.readDouble());
      }
      String kind = in.readUTF();
      String source = in.readUTF();
      TreeMap<String, String> settings = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        settings.put(in.readUTF(), in.readUTF());
      }
      return new PackedDescription(name, classes, mean, std, new Origin(kind, source, settings));
    }
  }
}
