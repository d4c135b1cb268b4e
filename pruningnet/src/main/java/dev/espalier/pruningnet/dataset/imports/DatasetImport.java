package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.Origin;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.pruningnet.dataset.picture.BrokenPictureException;
import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.pruningnet.dataset.picture.Resampler;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports images into a packed data set. Understood are a folder or a zip with one folder of JPEG
 * or PNG images per class, such folders inside {@code train} and {@code test}, and the binary files
 * of CIFAR-10 and CIFAR-100, one of them or a folder of them.
 *
 * <p>Images are decoded by all cores of the common pool and written in the source's order, so the
 * result is the same whatever their number. A failed import leaves nothing behind.
 */
public final class DatasetImport {

  private static final int MOST_AT_ONCE = 1024;
  private static final int MOST_BYTES_AT_ONCE = 64 << 20;

  /** An image, or what is wrong with it. */
  private sealed interface Decoded {
    record Good(Picture picture) implements Decoded {}

    record OtherShape(Shape shape) implements Decoded {}

    record Broken(String reason) implements Decoded {}
  }

  /** The first readable image: all others must have its shape. */
  private record First(String where, Shape shape) {}

  private final Path path;
  private final ImageSource source;
  private final ImportSettings settings;
  private final List<BrokenImage> broken = new ArrayList<>();

  private DatasetImport(Path path, ImageSource source, ImportSettings settings) {
    this.path = path;
    this.source =
        settings.perClass().isPresent() ? source.limitedTo(settings.perClass().getAsInt()) : source;
    this.settings = settings;
  }

  /**
   * Imports a source.
   *
   * @param path what to import
   * @param target the packed file to make or to replace; its folder exists
   * @param name what people call the data set
   * @throws BadInputException if the source cannot be used; the message names the file, what was
   *     found and what is expected
   */
  public static ImportReport run(
      Path path, Path target, String name, ImportSettings settings, ImportProgress progress) {
    try (ImageSource pool = ImageSource.open(path)) {
      if (settings.test().isEmpty()) {
        return new DatasetImport(path, pool, settings).into(target, name, progress);
      }
      try (ImageSource test = ImageSource.open(settings.test().get())) {
        ImageSource both = pool.withTest(test);
        return new DatasetImport(path, both, settings).into(target, name, progress);
      }
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read: %s".formatted(path, e), e);
    }
  }

  private ImportReport into(Path target, String name, ImportProgress progress) throws IOException {
    if (source.classes().size() < 2) {
      throw new BadInputException(
          "%s: found one class, '%s', expected at least two. Maybe the path is one folder too deep"
              .formatted(source.where(), source.classes().get(0)));
    }
    refuseEmptyClass(source.images(), "");
    First first = first();
    refuseFullDisk(target, first.shape().elements() * source.images().size());
    try (PackedWriter writer = PackedWriter.create(target, first.shape())) {
      refuseEmptyClass(pack(writer, first, progress), " readable");
      Path file = path.toAbsolutePath().normalize().getFileName();
      Origin origin = Origin.of(source.kind(), String.valueOf(file), settings.describe());
      return new ImportReport(writer.commit(name, source.classes(), origin), broken);
    }
  }

  private First first() {
    for (SourceImage image : source.images()) {
      try {
        return new First(image.where(), read(image).shape());
      } catch (BrokenPictureException e) {
        refuseUnlessSkipping(image, e.reason());
      }
    }
    throw new BadInputException(source.where() + ": found no readable image");
  }

  /** Decodes in parallel, writes in order; gives the images that were written. */
  private List<SourceImage> pack(PackedWriter writer, First first, ImportProgress progress) {
    int imageBytes = Math.toIntExact(first.shape().elements());
    int chunk = Math.max(1, Math.min(MOST_AT_ONCE, MOST_BYTES_AT_ONCE / imageBytes));
    int total = source.images().size();
    List<SourceImage> written = new ArrayList<>();
    for (int from = 0; from < total; from += chunk) {
      List<SourceImage> images = source.images().subList(from, Math.min(total, from + chunk));
      List<Decoded> decoded =
          images.parallelStream().map(image -> decode(image, first.shape())).toList();
      for (int i = 0; i < images.size(); i++) {
        SourceImage image = images.get(i);
        if (decoded.get(i) instanceof Decoded.Good good) {
          writer.add(image.partition(), image.label(), good.picture().planes());
          written.add(image);
        } else if (decoded.get(i) instanceof Decoded.OtherShape other) {
          throw otherShape(image, other.shape(), first);
        } else if (decoded.get(i) instanceof Decoded.Broken defect) {
          refuseUnlessSkipping(image, defect.reason());
          broken.add(new BrokenImage(image.where(), defect.reason()));
        }
      }
      progress.update(from + images.size(), total);
    }
    return written;
  }

  private Decoded decode(SourceImage image, Shape expected) {
    try {
      Picture picture = read(image);
      return picture.shape().equals(expected)
          ? new Decoded.Good(picture)
          : new Decoded.OtherShape(picture.shape());
    } catch (BrokenPictureException e) {
      return new Decoded.Broken(e.reason());
    }
  }

  private Picture read(SourceImage image) throws BrokenPictureException {
    Picture picture;
    try {
      picture = image.reader().read();
    } catch (IOException e) {
      throw new BrokenPictureException("cannot be read: " + e, e);
    }
    if (settings.grayscale()) {
      picture = picture.toGrey();
    }
    if (settings.resize().isPresent()) {
      picture = Resampler.square(picture, settings.resize().getAsInt());
    }
    return settings.grayscale() ? picture : picture.toColour();
  }

  private void refuseUnlessSkipping(SourceImage image, String reason) {
    if (!settings.skipBroken()) {
      throw new BadInputException(
          "%s: %s. Maybe leave it out with --skip-broken".formatted(image.where(), reason));
    }
  }

  private static BadInputException otherShape(SourceImage image, Shape found, First first) {
    return new BadInputException(
        "%s: found %dx%d pixels, expected %dx%d as %s has. Maybe import with --resize %d"
            .formatted(
                image.where(),
                found.width(),
                found.height(),
                first.shape().width(),
                first.shape().height(),
                first.where(),
                Math.min(first.shape().width(), first.shape().height())));
  }

  private void refuseEmptyClass(List<SourceImage> images, String kind) {
    for (Partition partition : Partition.values()) {
      int[] counts = new int[source.classes().size()];
      images.stream()
          .filter(image -> image.partition() == partition)
          .forEach(image -> counts[image.label()]++);
      boolean used = source.images().stream().anyMatch(image -> image.partition() == partition);
      for (int label = 0; label < counts.length; label++) {
        if (counts[label] == 0 && (used || partition == Partition.POOL)) {
          throw new BadInputException(
              "%s: class '%s' has no%s %s image, expected at least one"
                  .formatted(
                      source.where(),
                      source.classes().get(label),
                      kind,
                      partition == Partition.POOL ? "training" : "test"));
        }
      }
    }
  }

  private static void refuseFullDisk(Path target, long bytes) throws IOException {
    long free = Files.getFileStore(target.toAbsolutePath().getParent()).getUsableSpace();
    if (free < bytes) {
      throw new BadInputException(
          "%s: found %d MB free on its disk, expected at least %d MB"
              .formatted(target, free / 1_000_000, bytes / 1_000_000 + 1));
    }
  }
}
