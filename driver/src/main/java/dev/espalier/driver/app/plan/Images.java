package dev.espalier.driver.app.plan;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.SplitSizes;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.DataSpec;
import dev.espalier.worker.request.ContentFile;

/**
 * The images of a job, divided.
 *
 * @param dataset all of them
 * @param splits their disjoint parts
 */
public record Images(PackedDataset dataset, Splits splits) {

  /** Every job divides a data set alike, so that jobs can share a PruningNet and scores. */
  private static final long SEED = 1;

  /** Divides a data set as a job asks. */
  public static Images of(PackedDataset dataset, DataSpec.Splits asked) {
    SplitSizes defaults = SplitSizes.defaults(dataset.info());
    SplitSizes held =
        SplitSizes.holdingOut(
            dataset.info(),
            asked.selection() == 0 ? defaults.selection() : asked.selection(),
            asked.confirmation() == 0 ? defaults.confirmation() : asked.confirmation());
    SplitSizes sizes = asked.train() == 0 ? held : held.withTrain(asked.train());
    return new Images(dataset, Splits.of(dataset, sizes, SEED));
  }

  /** What identifies the images and their division. */
  public String digest() {
    return Sha256.of("%s %s seed %d".formatted(dataset.info().digest(), splits.sizes(), SEED));
  }

  /**
   * Refuses more images to recalibrate on than there are.
   *
   * @throws BadInputException if there are fewer
   */
  public void requireRecalibration(int wanted) {
    if (wanted > size(Split.TRAIN)) {
      throw new BadInputException(
          "evaluation.recalibrationImages is %d, but the train split has %d images"
              .formatted(wanted, size(Split.TRAIN)));
    }
  }

  /** Number of images of a split. */
  public int size(Split split) {
    return splits.size(split);
  }

  /** Their file, for workers. */
  public ContentFile file() {
    return new ContentFile(dataset.info().digest(), dataset.file());
  }

  /** The training of a job's PruningNet on them. */
  public PruningNetTraining training(JobPlan plan) {
    return new PruningNetTraining(plan.space(), plan.spec().pruningNet(), trainingData());
  }

  /** The images that teach. */
  public TrainingData trainingData() {
    return TrainingData.of(dataset, splits);
  }
}
