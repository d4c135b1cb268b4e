package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.imports.FileTree.Content;
import dev.espalier.pruningnet.dataset.picture.BrokenPictureException;
import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.pruningnet.dataset.picture.PictureDecoder;
import dev.espalier.search.job.BadInputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of a zip as a {@link FileTree}. Nothing is unpacked to disk; names that would lead out
 * of a folder are refused all the same, and so is a zip with too many or too large entries. The
 * checksum of every entry read is compared. Readers may work in parallel.
 */
final class ZipImages implements Closeable {

  /**
   * What a zip may hold.
   *
   * @param entries files and folders
   * @param bytes of all entries together, uncompressed, as the zip declares them
   */
  record Limits(int entries, long bytes) {
    static final Limits DEFAULTS = new Limits(4_000_000, 1L << 39);
  }

  private final Path path;
  private final ZipFile zip;
  private final FileTree tree;

  private ZipImages(Path path, ZipFile zip, Limits limits) {
    this.path = path;
    this.zip = zip;
    this.tree = list(limits);
  }

  /** Opens a zip and lists it. */
  static ZipImages open(Path path, Limits limits) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(path.toFile());
    } catch (ZipException e) {
      throw new BadInputException(
          "%s: cannot be read as a zip: %s. Maybe it was cut short".formatted(path, e.getMessage()),
          e);
    }
    try {
      return new ZipImages(path, zip, limits);
    } catch (RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  FileTree tree() {
    return tree;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private FileTree list(Limits limits) {
    if (zip.size() > limits.entries()) {
      throw new BadInputException(
          "%s: found %d entries, expected at most %d"
              .formatted(path, zip.size(), limits.entries()));
    }
    FileTree root = new FileTree();
    long bytes = 0;
    for (Iterator<? extends ZipEntry> entries = zip.entries().asIterator(); entries.hasNext(); ) {
      ZipEntry entry = entries.next();
      bytes += Math.max(0, entry.getSize());
      if (bytes > limits.bytes()) {
        throw new BadInputException(
            "%s: its entries have more than %d bytes uncompressed, expected no more"
                .formatted(path, limits.bytes()));
      }
      List<String> names = names(entry);
      if (names.stream().anyMatch(FileTree::isLeftBehind)) {
        continue;
      }
      int last = names.size() - 1;
      if (entry.isDirectory()) {
        root.folder(names);
      } else {
        root.folder(names.subList(0, last))
            .put(names.get(last), new Content(where(entry), () -> read(entry)));
      }
    }
    return root;
  }

  private List<String> names(ZipEntry entry) {
    String name = entry.getName();
    List<String> names = Arrays.asList(name.split("/"));
    boolean strange =
        name.startsWith("/")
            || name.chars().anyMatch(c -> c == '\\' || c < ' ')
            || name.matches("[A-Za-z]:.*")
            || names.isEmpty()
            || names.stream().anyMatch(part -> part.isEmpty() || part.equals(".."));
    if (strange) {
      throw new BadInputException(
          "%s: found an entry named '%s', expected a path inside the zip such as cat/1.png"
              .formatted(path, name.replaceAll("\\p{Cntrl}", "?")));
    }
    return names;
  }

  private String where(ZipEntry entry) {
    return path + "!" + entry.getName();
  }

  private Picture read(ZipEntry entry) throws IOException, BrokenPictureException {
    CRC32 checksum = new CRC32();
    byte[] bytes;
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
      bytes = PictureDecoder.read(in);
    }
    if (checksum.getValue() != entry.getCrc()) {
      throw new BrokenPictureException(
          "broken zip entry: found checksum %08x, expected %08x"
              .formatted(checksum.getValue(), entry.getCrc()));
    }
    return PictureDecoder.decode(bytes);
  }
}
