package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.picture.BrokenPictureException;
import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.pruningnet.dataset.picture.PictureDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folders and files by name, in the order of their names' characters, whatever holds them. What
 * systems leave behind (names that begin with a dot, {@code __MACOSX}, {@code Thumbs.db}, {@code
 * desktop.ini}) is left out.
 */
final class FileTree {

  /** A file that can be read as an image, and how messages name it. */
  record Content(String where, SourceImage.Reader reader) {}

  /** One class folder inside train or test inside a few wrapping folders, and some to spare. */
  private static final int MAX_DEPTH = 8;

  private static final Set<String> LEFT_BEHIND = Set.of("__MACOSX", "Thumbs.db", "desktop.ini");

  private final SortedMap<String, FileTree> folders = new TreeMap<>();
  private final SortedMap<String, Content> files = new TreeMap<>();

  /** Lists a folder; links are followed. */
  static FileTree of(Path folder) throws IOException {
    return of(folder, MAX_DEPTH);
  }

  private static FileTree of(Path folder, int depth) throws IOException {
    FileTree tree = new FileTree();
    List<Path> members;
    try (var listing = Files.list(folder)) {
      members = listing.toList();
    }
    for (Path member : members) {
      String name = String.valueOf(member.getFileName());
      if (isLeftBehind(name)) {
        continue;
      }
      if (Files.isDirectory(member)) {
        tree.folders.put(name, depth == 0 ? new FileTree() : of(member, depth - 1));
      } else {
        tree.files.put(name, new Content(member.toString(), () -> read(member)));
      }
    }
    return tree;
  }

  private static Picture read(Path file) throws IOException, BrokenPictureException {
    try (InputStream in = Files.newInputStream(file)) {
      return PictureDecoder.decode(PictureDecoder.read(in));
    }
  }

  static boolean isLeftBehind(String name) {
    return name.startsWith(".") || LEFT_BEHIND.contains(name);
  }

  /** The folder of a path below this one, made if it is not there. */
  FileTree folder(List<String> path) {
    FileTree tree = this;
    for (String name : path) {
      tree = tree.folders.computeIfAbsent(name, unused -> new FileTree());
    }
    return tree;
  }

  void put(String name, Content file) {
    files.put(name, file);
  }

  SortedMap<String, FileTree> folders() {
    return Collections.unmodifiableSortedMap(folders);
  }

  SortedMap<String, Content> files() {
    return Collections.unmodifiableSortedMap(files);
  }
}
