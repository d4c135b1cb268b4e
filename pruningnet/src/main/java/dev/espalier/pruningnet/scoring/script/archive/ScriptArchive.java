package dev.espalier.pruningnet.scoring.script.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip, uncompressed, with the source of one class and a pickled instance of it with its tensors.
 */
public final class ScriptArchive {

  /** The type of {@code self} in methods. */
  public static final String TYPE = "__torch__.Program";

  /** Version of the operators' meaning that the source is written against. */
  private static final String FORMAT = "10\n";

  private static final String CLASS = "Program";

  private ScriptArchive() {}

  /**
   * The bytes of an archive.
   *
   * @param methods source of the class's methods, indented by two blanks
   * @param tensors attributes that the methods may use
   */
  public static byte[] of(String methods, List<StoredTensor> tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "version", bytes(FORMAT));
      add(zip, "data.pkl", Pickle.of(CLASS, tensors));
      add(zip, "constants.pkl", Pickle.empty());
      add(zip, "code/__torch__.py", source(methods, tensors).getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < tensors.size(); i++) {
        add(zip, "data/" + i, values(tensors.get(i)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a zip in memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static String source(String methods, List<StoredTensor> tensors) {
    String names =
        tensors.stream()
            .map(tensor -> "\"%s\", ".formatted(tensor.name()))
            .collect(Collectors.joining());
    String types =
        tensors.stream()
            .map(tensor -> "  %s : Tensor\n".formatted(tensor.name()))
            .collect(Collectors.joining());
    return "class %s(Module):\n  __parameters__ = [%s]\n  __buffers__ = []\n  training : bool\n%s%s"
        .formatted(CLASS, names, types, methods);
  }

  private static byte[] values(StoredTensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(tensor.values().length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    return bytes.array();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("program/" + name);
    entry.setSize(content.length);
    entry.setCompressedSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }
}
