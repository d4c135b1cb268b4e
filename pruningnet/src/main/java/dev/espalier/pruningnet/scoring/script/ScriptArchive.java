package dev.espalier.pruningnet.scoring.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript's file format: a zip, uncompressed, with the source of one class and a pickled
 * instance of it. The class has no attributes, so the pickle is the same for every program.
 */
final class ScriptArchive {

  /** Version of the operators' meaning that the source is written against. */
  private static final String FORMAT = "10\n";

  private static final String CLASS = "Program";

  // Pickle protocol 2: push the class, call it with (), give it the state {}, stop.
  private static final byte[] INSTANCE = bytes("\u0080\u0002c__torch__\n" + CLASS + "\n)\u0081}b.");

  private static final byte[] EMPTY_TUPLE = bytes("\u0080\u0002).");

  private ScriptArchive() {}

  /**
   * The bytes of an archive.
   *
   * @param methods source of the class's methods, indented by two blanks; {@code __torch__.Program}
   *     is the type of {@code self}
   */
  static byte[] of(String methods) {
    String source =
        "class " + CLASS + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n" + methods;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setMethod(ZipOutputStream.STORED);
      add(zip, "version", bytes(FORMAT));
      add(zip, "data.pkl", INSTANCE);
      add(zip, "constants.pkl", EMPTY_TUPLE);
      add(zip, "code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("a zip in memory cannot fail", e);
    }
    return bytes.toByteArray();
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
