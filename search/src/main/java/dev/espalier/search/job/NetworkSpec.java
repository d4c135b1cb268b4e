package dev.espalier.search.job;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The network to prune. Its classes and image size are those of the data.
 *
 * @param name a network of the zoo, e.g. {@code resnet20}, or a space of architectures, {@code
 *     cells} or {@code mobile}
 * @param batch batch size at which peak activation bytes are counted
 * @param architecture which network of a space; empty if it is to be found
 * @param cells the space of cells; without meaning for others
 * @param differentiable how an architecture is found; without meaning if it is given
 */
public record NetworkSpec(
    String name, int batch, String architecture, Cells cells, Differentiable differentiable) {

  /** A network of the zoo, activations counted for one image. */
  public static NetworkSpec of(String name) {
    return new NetworkSpec(name, 1, "", Cells.DARTS, Differentiable.DEFAULT);
  }

  /** The same once its architecture is found. */
  public NetworkSpec with(String found) {
    return new NetworkSpec(name, batch, found, cells, differentiable);
  }

  /**
   * What cells there are and how they are stacked.
   *
   * @param count number of cells
   * @param channels width of a node of the first cell
   * @param nodes of a cell
   * @param operations that may stand on a connection, by their published names
   */
  public record Cells(int count, int channels, int nodes, List<String> operations) {

    /** Those of the search of DARTS. */
    public static final Cells DARTS =
        new Cells(
            8,
            16,
            4,
            List.of(
                "none",
                "max_pool_3x3",
                "avg_pool_3x3",
                "skip_connect",
                "sep_conv_3x3",
                "sep_conv_5x5",
                "dil_conv_3x3",
                "dil_conv_5x5"));

    /** Copies the operations. */
    public Cells {
      operations = List.copyOf(operations);
    }
  }

  /**
   * How an architecture is found by PR-DARTS.
   *
   * @param pretrain epochs in which weights and alphas are learned
   * @param prune epochs in which scores and alphas are learned
   * @param fineTune epochs in which the weights that are left and alphas are learned
   * @param batch images per step, from each half of the training images
   * @param kept share of the weights that is kept, in percent
   * @param granularity what is kept or dropped as a whole
   * @param spread which layers keep how much of it
   * @param order how far the alphas' gradient looks ahead
   * @param mostSkips the alphas stand still once an architecture has more skips
   * @param rates step sizes
   * @param seed of initial values, halves, order of images and augmentation
   * @param seeds searches side by side, with this seed and those after it; the best one counts
   */
  public record Differentiable(
      int pretrain,
      int prune,
      int fineTune,
      int batch,
      double kept,
      Granularity granularity,
      Spread spread,
      Order order,
      int mostSkips,
      Rates rates,
      long seed,
      int seeds) {

    /** A search that two cores finish in hours. */
    public static final Differentiable DEFAULT =
        new Differentiable(
            10, 10, 5, 64, 5, Granularity.WEIGHT, Spread.EVEN, Order.FIRST, 2, Rates.PUBLISHED, 1, 1);

    /** The seeds of its searches. */
    public List<Long> allSeeds() {
      return LongStream.range(0, seeds).mapToObj(i -> seed + i).toList();
    }

    /** Only the search with one of its seeds. */
    public Differentiable only(long one) {
      return new Differentiable(
          pretrain,
 prune,
 fineTune,
 batch,
 kept,
 granularity,
 spread,
 order,
 mostSkips,
 rates,
 one,
 1);
    }
  }

  /**
   * Step sizes.
   *
   * @param weights of the weights at the start of a phase
   * @param scores of the scores at the start of the prune phase
   * @param alphas of the alphas, always
   */
  public record Rates(double weights, double scores, double alphas) {

    /** The published ones. */
    public static final Rates PUBLISHED = new Rates(0.025, 0.1, 3e-4);
  }

  /** What is kept or dropped as a whole. */
  public enum Granularity {
    /** Each weight. */
    WEIGHT,
    /** All weights of an output channel. */
    FILTER
  }

  /** Which layers keep how much. */
  public enum Spread {
    /** All the same share. */
    EVEN,
    /**
     * Small ones a larger share, after "Rigging the Lottery: Making All Tickets Winners" (2020).
     */
    ERK
  }

  /** How far the alphas' gradient looks ahead. */
  public enum Order {
    /** The weights are taken as they are. */
    FIRST,
    /** The weights are taken as after one more step, which itself depends on the alphas. */
    UNROLLED
  }
}
