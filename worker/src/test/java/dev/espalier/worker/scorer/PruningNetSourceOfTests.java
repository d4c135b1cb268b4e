package dev.espalier.worker.scorer;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.generated.Shapes32;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.SplitSizes;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.meta.Provenance;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.SpaceDigest;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.search.job.SpaceSpec;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.worker.request.CacheAddress;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Opens a small real PruningNet, with the weights it starts from, and drawn images. */
public record PruningNetSourceOfTests() implements ScorerSource {

  private static final long serialVersionUID = 1;
  private static final int SELECTION = 25;

  /** Writes weights and images into a folder: 25 images to score, in shards of 10. */
  public static EvaluationContext write(Path folder, Optional<CacheAddress> cache) {
    PackedDataset data = new Shapes32(150, 10, 1).write(folder.resolve("images"));
    SearchSpace space = space(data.info());
    try (PruningNet net = PruningNet.untrained(space, 4, new RandomStreams(7));
        TrainedPruningNet saved =
            TrainedPruningNet.save(
                net, provenance(data.info(), space), folder.resolve("weights"))) {
      EvaluationProtocol protocol =
          EvaluationProtocol.here(20, 10, 10, 10, MemoryFormat.CHANNELS_FIRST);
      return new EvaluationContext(
          new ScoreInputs(
              SpaceDigest.of(space), saved.digest(), data.info().digest(), protocol.digest(), "1"),
          new ContentFile(saved.digest(), folder.resolve("weights")),
          new ContentFile(data.info().digest(), data.file()),
          protocol.text(),
          Split.SELECTION.name(),
          Duration.ofMinutes(1),
          cache);
    }
  }

  /** The structures that the PruningNet has weights for. */
  public static SearchSpace space(EvaluationContext context) {
    return space(PackedDataset.open(context.dataset().path()).info());
  }

  @Override
  public Scorers open(EvaluationContext context) {
    PackedDataset data = PackedDataset.open(context.dataset().path());
    SplitSizes sizes = SplitSizes.holdingOut(data.info(), SELECTION, 20);
    return new PruningNetScorers(
        TrainedPruningNet.load(context.weights().path(), space(data.info())).net(),
        data,
        Splits.of(data, sizes, 3),
        Split.valueOf(context.split()),
        EvaluationProtocol.parse(context.protocol()));
  }

  private static SearchSpace space(DatasetInfo info) {
    return SearchSpace.from(
        Zoo.network("resnet20", info.shape(), info.classes().size()), SpaceSpec.DEFAULT);
  }

  private static Provenance provenance(DatasetInfo info, SearchSpace space) {
    return new Provenance(
        "resnet20", SpaceDigest.of(space), 4, info.name(), info.digest(), "none", "none", 7, 0);
  }
}
