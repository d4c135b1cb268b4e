package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.job.BadInputException;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds classes and images in a tree of files: one folder per class, or folders {@code train} and
 * {@code test} of such folders; either may be wrapped in a folder that holds nothing else. Every
 * file in a class folder counts as an image. Beside the folders only other files may lie, such as a
 * README; they are left out.
 */
final class ClassFolders {

  private static final String TRAIN = "train";
  private static final String TEST = "test";

  private ClassFolders() {}

  /** Lists the images of a tree: the pool before the test, by class, then by name. */
  static ImageSource list(String where, String kind, FileTree tree, Closeable resource) {
    FileTree root = unwrap(tree);
    Map<String, FileTree> folders = root.folders();
    if (!folders.containsKey(TRAIN) || !folders.containsKey(TEST)) {
      return classes(where, kind, root, resource);
    }
    if (folders.size() > 2) {
      throw new BadInputException(
          "%s: found the folders %s, expected no others beside train and test"
              .formatted(where, String.join(", ", folders.keySet())));
    }
    FileTree train = root.folder(List.of(TRAIN));
    FileTree test = root.folder(List.of(TEST));
    return classes(where + " train", kind, train, resource)
        .withTest(classes(where + " test", kind, test, () -> {}));
  }

  private static FileTree unwrap(FileTree tree) {
    FileTree root = tree;
    while (root.folders().size() == 1) {
      FileTree only = root.folders().values().iterator().next();
      if (only.folders().isEmpty()) {
        break;
      }
      root = only;
    }
    return root;
  }

  private static ImageSource classes(String where, String kind, FileTree root, Closeable resource) {
    root.files().forEach(ClassFolders::refuseImageOutside);
    if (root.folders().isEmpty()) {
      throw new BadInputException(
          where + ": found no folder, expected one folder of images per class");
    }
    List<String> classes = List.copyOf(root.folders().keySet());
    List<SourceImage> images = new ArrayList<>();
    root.folders()
        .forEach(
            (name, folder) -> {
              if (!folder.folders().isEmpty()) {
                throw new BadInputException(
                    "%s: class '%s' holds a folder '%s', expected images only"
                        .formatted(where, name, folder.folders().firstKey()));
              }
              int label = classes.indexOf(name);
              for (FileTree.Content file : folder.files().values()) {
                images.add(new SourceImage(Partition.POOL, label, file.where(), file.reader()));
              }
            });
    return new ImageSource(where, kind, classes, images, resource);
  }

  private static void refuseImageOutside(String name, FileTree.Content file) {
    if (name.toLowerCase(Locale.ROOT).matches(".*\\.(jpe?g|png)")) {
      throw new BadInputException(
          file.where() + ": found an image beside the class folders, expected it inside one");
    }
  }
}
