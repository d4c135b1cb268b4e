package dev.espalier.pruningnet.dataset.split;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.random.Shuffle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A data set divided into {@link Split}s: disjoint, and stratified, so that the number of images of
 * each class in each split is its exact share rounded up or down. The same data set, sizes and seed
 * give the same division on every machine.
 *
 * <p>The images of a split stand in an order of which every beginning is a fair sample: the classes
 * alternate in proportion, and within a class the order is random. So the first n training images
 * serve to recalibrate, and a split may be measured in pieces. Immutable.
 */
public final class Splits {

  private final SplitSizes sizes;
  private final Map<Split, int[]> indices;

  private Splits(SplitSizes sizes, Map<Split, int[]> indices) {
    this.sizes = sizes;
    this.indices = indices;
  }

  /**
   * Divides a data set.
   *
   * @param sizes of the parts of the pool; the test split is the test partition if there is one
   * @param seed of the random choice within each class
   * @throws BadInputException if the pool has too few images, or if a split would be empty or would
   *     lack a class
   */
  public static Splits of(PackedDataset data, SplitSizes sizes, long seed) {
    check(data.info(), sizes);
    RandomStreams streams = new RandomStreams(seed).part("splits");
    int[][] pool = byClass(data, Partition.POOL, streams);
    Split[] names = Split.values();
    int[] columns = new int[names.length + 1];
    for (int s = 0; s < names.length; s++) {
      columns[s] = sizes.of(names[s]);
    }
    columns[names.length] = (int) (data.info().size(Partition.POOL) - sizes.total());
    int[] rows = IntStream.range(0, pool.length).map(k -> pool[k].length).toArray();
    int[][] counts = Apportionment.of(rows, columns);
    int[] used = new int[pool.length];
    Map<Split, int[]> indices = new EnumMap<>(Split.class);
    for (int s = 0; s < names.length; s++) {
      int[][] part = new int[pool.length][];
      for (int k = 0; k < pool.length; k++) {
        int from = used[k];
        used[k] += counts[k][s];
        part[k] = Arrays.copyOfRange(pool[k], from, used[k]);
      }
      indices.put(names[s], interleave(part));
    }
    if (data.info().size(Partition.TEST) > 0) {
      indices.put(Split.TEST, interleave(byClass(data, Partition.TEST, streams)));
    }
    Splits splits = new Splits(sizes, indices);
    splits.refuseMissingClasses(data);
    return splits;
  }

  /** The images of a split, as a copy. */
  public int[] indices(Split split) {
    return order(split).clone();
  }

  /** The number of images of a split. */
  public int size(Split split) {
    return order(split).length;
  }

  /** The sizes that were asked for. */
  public SplitSizes sizes() {
    return sizes;
  }

  private int[] order(Split split) {
    return Objects.requireNonNull(indices.get(split));
  }

  private static void check(DatasetInfo info, SplitSizes sizes) {
    int pool = info.size(Partition.POOL);
    boolean apart = info.size(Partition.TEST) > 0;
    if (sizes.total() > pool) {
      throw refused(
          info,
          ("train %d + selection %d + confirmation %d + test %d images are more than the %d of its"
                  + " training pool. Maybe choose smaller splits")
              .formatted(
                  sizes.train(), sizes.selection(), sizes.confirmation(), sizes.test(), pool));
    }
    if (apart && sizes.test() > 0) {
      throw refused(
          info,
          "it keeps %d test images apart, expected a test size of 0, found %d"
              .formatted(info.size(Partition.TEST), sizes.test()));
    }
    for (Split split : Split.values()) {
      if (sizes.of(split) == 0 && !(apart && split == Split.TEST)) {
        throw refused(info, "the %s split would have no image".formatted(name(split)));
      }
    }
  }

  private void refuseMissingClasses(PackedDataset data) {
    List<String> classes = data.info().classes();
    for (Split split : Split.values()) {
      int[] counts = new int[classes.size()];
      for (int image : order(split)) {
        counts[data.label(image)]++;
      }
      for (int k = 0; k < counts.length; k++) {
        if (counts[k] == 0) {
          throw refused(
              data.info(),
              ("the %s split of %d images would have none of class '%s', which has %d in all."
                      + " Maybe choose a larger split")
                  .formatted(name(split), size(split), classes.get(k), images(data.info(), k)));
        }
      }
    }
  }

  private static int[][] byClass(PackedDataset data, Partition partition, RandomStreams streams) {
    int classes = data.info().classes().size();
    int first = partition == Partition.POOL ? 0 : data.info().size(Partition.POOL);
    int[][] images = new int[classes][];
    int[] filled = new int[classes];
    for (int k = 0; k < classes; k++) {
      images[k] = new int[data.info().counts(partition).get(k)];
    }
    for (int image = first; image < first + data.info().size(partition); image++) {
      int label = data.label(image);
      images[label][filled[label]++] = image;
    }
    for (int k = 0; k < classes; k++) {
      Shuffle.inPlace(images[k], streams.stream(partition.name(), k));
    }
    return images;
  }

  /** Orders the images by (rank within the class + 1/2) / size of the class. */
  private static int[] interleave(int[][] byClass) {
    record Place(double position, int label, int image) {}
    return IntStream.range(0, byClass.length)
        .boxed()
        .flatMap(
            k ->
                IntStream.range(0, byClass[k].length)
                    .mapToObj(
                        rank -> new Place((rank + 0.5) / byClass[k].length, k, byClass[k][rank])))
        .sorted(Comparator.comparingDouble(Place::position).thenComparingInt(Place::label))
        .mapToInt(Place::image)
        .toArray();
  }

  private static int images(DatasetInfo info, int label) {
    return info.poolCounts().get(label) + info.testCounts().get(label);
  }

  private static String name(Split split) {
    return split.name().toLowerCase(Locale.ROOT);
  }

  private static BadInputException refused(DatasetInfo info, String problem) {
    return new BadInputException("data set '%s': %s".formatted(info.name(), problem));
  }
}
