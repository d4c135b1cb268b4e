package dev.espalier.pruningnet.dataset;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import java.util.List;

/**
 * What is known of a data set without reading an image.
 *
 * @param name what people call it; not part of the digest
 * @param shape of every image, channels x height x width
 * @param classes names of the classes; a label is an index of this list
 * @param poolCounts images of each class in the pool
 * @param testCounts images of each class in the test partition; zeros when the source has none
 * @param mean of each channel over the pool, of values scaled to 0..1
 * @param std population standard deviation of each channel over the pool, of values scaled to 0..1;
 *     at least 1/255, so that dividing by it is safe even for a constant channel
 * @param origin where the images came from; not part of the digest
 * @param digest SHA-256 of shape, images, labels, partitions and class names, as 64 hexadecimal
 *     digits
 */
public record DatasetInfo(
    String name,
    Shape shape,
    List<String> classes,
    List<Integer> poolCounts,
    List<Integer> testCounts,
    List<Double> mean,
    List<Double> std,
    Origin origin,
    String digest) {

  /** Keeps immutable copies of the lists. */
  public DatasetInfo {
    classes = List.copyOf(classes);
    poolCounts = List.copyOf(poolCounts);
    testCounts = List.copyOf(testCounts);
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Images of each class in a partition. */
  public List<Integer> counts(Partition partition) {
    return partition == Partition.POOL ? poolCounts : testCounts;
  }

  /** Images of a partition. */
  public int size(Partition partition) {
    return counts(partition).stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Refuses a network for other images.
   *
   * @throws BadInputException naming both shapes and numbers of classes
   */
  public void requireFit(Network network) {
    if (!network.input().equals(shape) || network.classes() != classes.size()) {
      throw new BadInputException(
          "network %s reads images of %s and has %d classes, but data set '%s' has %s and %d"
              .formatted(
                  network.name(), network.input(), network.classes(), name, shape, classes.size()));
    }
  }

  /** All images. */
  public int size() {
    return size(Partition.POOL) + size(Partition.TEST);
  }
}
