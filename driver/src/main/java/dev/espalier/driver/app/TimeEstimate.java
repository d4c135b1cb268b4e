package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.NetworkScorer;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.cost.UniformWidth;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.job.JobSpec.Stage;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.time.Duration;

/**
 * How long a job will take on this machine, roughly: from the measured time of one image through a
 * network of about half the MACs, on one core. All other times are in proportion to MACs x images;
 * one training image counts three times, for the way back costs about twice the way there.
 *
 * <p>What the job is not to do takes no time. How long an architecture is sought is not reckoned.
 *
 * @param training of the PruningNet; nothing if it is there already
 * @param search evaluations of the search
 * @param confirmation evaluations of the random baseline and of what is confirmed
 * @param fineTuning trainings of what is confirmed
 */
public record TimeEstimate(
    Duration training, Duration search, Duration confirmation, Duration fineTuning) {

  private static final int IMAGES = 64;
  private static final int TRAINING_PASSES = 3;
  private static final int CONTENDERS_BESIDE_TOP = 2;

  /**
   * Measures for some seconds and reckons.
   *
   * @param trained whether the PruningNet is there already
   */
  static TimeEstimate of(JobPlan plan, Images images, boolean trained) {
    Structure typical =
        UniformWidth.closest(plan.space(), plan.costs(), Constraints.NONE, plan.full().macs() / 2)
            .orElse(plan.space().widest());
    double perMac =
        secondsPerImage(plan.space().apply(typical), images) / plan.costs().costs(typical).macs();
    double macs = meanMacs(plan);
    JobSpec spec = plan.spec();
    int cores = Runtime.getRuntime().availableProcessors();
    double sandwich =
        spec.pruningNet().sandwich() == 0
            ? 0
            : (double) plan.full().macs() / spec.pruningNet().sandwich();
    double training =
        (double) images.size(Split.TRAIN)
            * spec.pruningNet().epochs()
            * TRAINING_PASSES
            * (macs + sandwich);
    int recalibration = spec.evaluation().recalibrationImages();
    double evaluation = macs * (recalibration + images.size(Split.SELECTION));
    int random =
        spec.confirmation().random() == 0 ? spec.search().budget() : spec.confirmation().random();
    double contenders = (spec.confirmation().top() + CONTENDERS_BESIDE_TOP) * macs;
    double confirmed =
        contenders
            * (recalibration
                + images.size(Split.SELECTION)
                + images.size(Split.CONFIRMATION)
                + images.size(Split.TEST));
    double epochs = (double) images.size(Split.TRAIN) * spec.fineTune().epochs();
    double fineTuned = contenders * epochs * TRAINING_PASSES + teaching(plan) * epochs;
    double each = perMac / cores;
    return new TimeEstimate(
        trained ? Duration.ZERO : seconds(spec, Stage.TRAIN, training * each),
        seconds(spec, Stage.SEARCH, spec.search().budget() * evaluation * each),
        seconds(spec, Stage.CONFIRM, (random * evaluation + confirmed) * each),
        seconds(spec, Stage.FINE_TUNE, fineTuned * each));
  }

  /** All of it. */
  public Duration total() {
    return training.plus(search).plus(confirmation).plus(fineTuning);
  }

  /** MACs for each training image of an unpruned network that teaches and may have to learn. */
  private static double teaching(JobPlan plan) {
    if (!plan.spec().fineTune().distillation().teaches()) {
      return 0;
    }
    int pupils = plan.spec().confirmation().top() + CONTENDERS_BESIDE_TOP;
    int passes = Networks.isImported(plan.spec().network()) ? pupils : pupils + TRAINING_PASSES;
    return (double) passes * plan.full().macs();
  }

  /** Mean MACs of the structures that a search looks at. */
  private static double meanMacs(JobPlan plan) {
    long most =
        plan.constraints().all().stream()
            .filter(constraint -> constraint.metric() == Metric.MACS)
            .mapToLong(constraint -> constraint.max())
            .min()
            .orElse(Long.MAX_VALUE);
    return Math.min(plan.full().macs() / 2.0, most);
  }

  private static double secondsPerImage(Network network, Images images) {
    EvaluationProtocol protocol =
        EvaluationProtocol.here(
            Math.min(IMAGES, images.size(Split.TRAIN)),
            IMAGES / 2,
            IMAGES / 2,
            IMAGES,
            MemoryFormat.CHANNELS_LAST);
    try (NetworkTrainee weights = NetworkTrainee.untrained(network, new RandomStreams(1));
        NetworkScorer scorer =
            NetworkScorer.of(network, images.dataset(), images.splits(), protocol);
        NetworkEvaluation evaluation = scorer.evaluation(network, weights.weights())) {
      Statistics warm = evaluation.recalibrate(() -> {});
      evaluation.score(warm, Split.SELECTION, 0, () -> {});
      long start = System.nanoTime();
      evaluation.recalibrate(() -> {});
      long scored = evaluation.score(warm, Split.SELECTION, 0, () -> {}).images();
      return (System.nanoTime() - start) / 1e9 / (protocol.recalibrationImages() + scored);
    }
  }

  private static Duration seconds(JobSpec spec, Stage stage, double seconds) {
    return spec.has(stage) ? Duration.ofMillis(Math.round(1000 * seconds)) : Duration.ZERO;
  }
}
