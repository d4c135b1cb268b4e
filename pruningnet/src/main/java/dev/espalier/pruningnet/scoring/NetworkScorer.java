package dev.espalier.pruningnet.scoring;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.batch.Batch;
import dev.espalier.pruningnet.dataset.batch.BatchSource;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.scoring.script.NetworkProgram;
import dev.espalier.pruningnet.tensor.PixelScaling;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Measures a network, and every pruned form of it, on the images of a data set, none of them
 * augmented.
 *
 * <p>For one thread at a time, on which every operation runs alone; several scorers work side by
 * side. The same protocol gives the same bits on any thread. Owns native memory until closed.
 */
public final class NetworkScorer implements AutoCloseable {

  private final PackedDataset data;
  private final Map<Split, int[]> images = new EnumMap<>(Split.class);
  private final EvaluationProtocol protocol;
  private final PixelScaling scaling;
  private final ImageConvention convention;
  private final NetworkProgram program;

  private NetworkScorer(
      PackedDataset data,
      Splits splits,
      EvaluationProtocol protocol,
      ImageConvention convention,
      NetworkProgram program) {
    this.data = data;
    for (Split split : Split.values()) {
      images.put(split, splits.indices(split));
    }
    this.protocol = protocol;
    this.convention = convention;
    this.scaling = PixelScaling.of(convention.mean(), convention.std());
    this.program = program;
  }

  /**
   * Compiles a network.
   *
   * @param base the unpruned network
   * @throws BadInputException if the protocol cannot be kept here, or asks for more recalibration
   *     images than there are training images
   */
  public static NetworkScorer of(
      Network base, PackedDataset data, Splits splits, EvaluationProtocol protocol) {
    return of(base, data, splits, protocol, ImageConvention.of(data.info()));
  }

  /**
   * The same for a network that reads images scaled in its own way.
   *
   * @param convention what the numbers mean that it reads
   */
  public static NetworkScorer of(
      Network base,
      PackedDataset data,
      Splits splits,
      EvaluationProtocol protocol,
      ImageConvention convention) {
    protocol.requireHere();
    int available = splits.size(Split.TRAIN);
    if (available < protocol.recalibrationImages()) {
      throw new BadInputException(
          "evaluation: %d recalibration images, but the training split of data set '%s' has %d"
              .formatted(protocol.recalibrationImages(), data.info().name(), available));
    }
    return new NetworkScorer(
        data,
        splits,
        protocol,
        convention,
        NetworkProgram.of(base, protocol.format(), protocol.kernels()));
  }

  /** How it measures. */
  public EvaluationProtocol protocol() {
    return protocol;
  }

  /** Number of shards of a split. */
  public int shards(Split split) {
    return protocol.shards(indices(split).length);
  }

  /**
   * Begins to measure one set of weights, which the caller keeps open meanwhile.
   *
   * @param network the base network or a pruned form of it
   */
  public NetworkEvaluation evaluation(Network network, Weights weights) {
    return new NetworkEvaluation(this, network, weights, Torch.scope());
  }

  /** The same for weights that live in a scope of their own, which is closed with the result. */
  NetworkEvaluation evaluation(Network network, Weights weights, NDManager memory) {
    return new NetworkEvaluation(this, network, weights, memory);
  }

  NetworkProgram program() {
    return program;
  }

  /** What goes into its networks and comes out. */
  ImageConvention convention() {
    return convention;
  }

  /** The images that recalibrate. */
  int[] recalibrationImages() {
    return Arrays.copyOf(indices(Split.TRAIN), protocol.recalibrationImages());
  }

  /** The images of a shard of a split. */
  int[] shardImages(Split split, int shard) {
    int[] all = indices(split);
    Objects.checkIndex(shard, protocol.shards(all.length));
    int first = shard * protocol.shard();
    return Arrays.copyOfRange(all, first, Math.min(all.length, first + protocol.shard()));
  }

  /** What is done with one batch: the tensor is closed afterwards. */
  interface BatchUse {
    void of(Batch batch, NDArray tensor);
  }

  /** Reads images batch by batch, in their order. */
  void eachBatch(int[] indices, int size, Runnable betweenBatches, BatchUse use) {
    BatchSource source = BatchSource.sequential(data, indices, size);
    Batch batch = source.newBatch();
    for (int i = 0; i < source.batches(); i++) {
      betweenBatches.run();
      source.fill(i, batch);
      try (NDManager scope = Torch.scope()) {
        NDArray tensor =
            scaling.tensor(
                batch.images(), batch.size(), data.info().shape(), protocol.format(), scope);
        use.of(batch, tensor);
      }
    }
  }

  private int[] indices(Split split) {
    return Objects.requireNonNull(images.get(split));
  }

  @Override
  public void close() {
    program.close();
  }
}
