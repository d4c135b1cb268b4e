package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.plan.JobInputs;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.UnprunedView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobRecord;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.finetuning.Teacher;
import dev.espalier.pruningnet.scoring.finetuning.TrainedMeasurement;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.job.NetworkSpec;
import dev.espalier.search.network.NetworkText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The unpruned network of a job as it was imported, with the weights that it came with. The job
 * keeps a copy, so that no later change of the home's networks reaches it.
 *
 * @param job whose network it is
 * @param plan what the job means
 */
public record OriginalNetwork(JobFolder job, JobPlan plan) {

  private static final String SCORES = "imported.json";
  private static final Set<Split> SPLITS =
      Collections.unmodifiableSet(EnumSet.of(Split.SELECTION, Split.CONFIRMATION, Split.TEST));

  /** Shows how many images are measured; the last batch of a split counts as a full one. */
  private static final class Batches implements Runnable {

    private final FineTuningBench bench;
    private final Runnable then;
    private final long images;
    private long batches;

    Batches(FineTuningBench bench, Runnable then) {
      this.bench = bench;
      this.then = then;
      this.images = SPLITS.stream().mapToLong(bench.images()::size).sum();
    }

    @Override
    public void run() {
      long done = Math.min(images, batches++ * bench.protocol().scoringBatch());
      bench.screen().progress(new Progress(done, images, "images", ""));
      then.run();
    }
  }

  /** The file of a job's network, if it was imported and the home has one of this very graph. */
  public static Optional<byte[]> file(JobPlan plan, ImportedNetworks imports) {
    NetworkSpec network = plan.spec().network();
    if (!Networks.isImported(network)
        || !imports.has(network.name())
        || !NetworkText.of(imports.graph(network.name())).equals(network.architecture())) {
      return Optional.empty();
    }
    Path file = imports.file(network.name());
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Has the job keep its network, unless it does, or the home does not have it, or results came of
   * one that is lost and that nobody would know again.
   *
   * @throws BadInputException naming both digests, if the job was begun with other weights
   */
  public void keep(ImportedNetworks imports) {
    if (isImported() && !job.hasImported() && (digest().isPresent() || !hasResults())) {
      file(plan, imports)
          .ifPresent(
              network -> {
                require(network);
                job.keepImported(network);
              });
    }
  }

  /**
   * The same in a run of the job, which notes the digest. A job of an earlier version that has
   * results by now goes on without.
   */
  public void keep(ImportedNetworks imports, JobInputs inputs) {
    keep(imports);
    if (isImported()
        && !inputs.isNoted(JobRecord.WEIGHTS)
        && !inputs.isNoted(JobInputs.PRUNING_NET)) {
      job.imported().ifPresent(network -> inputs.require(JobRecord.WEIGHTS, Sha256.of(network)));
    }
  }

  private Optional<String> digest() {
    return Optional.ofNullable(job.record().digests().get(JobRecord.WEIGHTS));
  }

  private boolean hasResults() {
    return job.fineTuned().names().stream()
        .anyMatch(name -> name.equals(SCORES) || TunedNetworks.isTaught(name));
  }

  private void require(byte[] network) {
    String found = Sha256.of(network);
    if (!digest().orElse(found).equals(found)) {
      throw new BadInputException(
          "job %s was begun with weights %s of network '%s', but finds %s now. Maybe undo the change, or begin a new job?"
              .formatted(job.id(), digest().orElseThrow(), plan.spec().network().name(), found));
    }
  }

  /**
   * Refuses a network of the home that the job's data set does not fit, if it is to teach.
   *
   * @throws BadInputException naming the classes
   */
  public static void requireTeacher(JobPlan plan, ImportedNetworks imports) {
    String name = plan.spec().network().name();
    if (Networks.isImported(plan.spec().network())
        && plan.spec().has(JobSpec.Stage.FINE_TUNE)
        && plan.spec().fineTune().distillation().teaches()
        && imports.has(name)) {
      Teacher.requireFit(imports.graph(name), imports.images(name), plan.data());
    }
  }

  /** Whether the job's network is one of others. */
  boolean isImported() {
    return Networks.isImported(plan.spec().network());
  }

  /**
   * Writes it to a file.
   *
   * @throws BadInputException if it is lost, or another one was put into its place
   */
  void fetch(Path file) {
    byte[] network = job.imported().orElseThrow(this::lost);
    require(network);
    AtomicFile.write(file, network);
  }

  private BadInputException lost() {
    String name = plan.spec().network().name();
    return new BadInputException(
        digest().isEmpty() && hasResults()
            ? "network '%s': its weights are not in %s any more, and job %s has not noted which they were. Maybe put them back, or begin a new job?"
                .formatted(name, job.fineTuned(), job.id())
            : "network '%s': its weights%s are not there. Maybe import it again, under the same name?"
                .formatted(name, digest().map(known -> " " + known).orElse("")));
  }

  /**
   * What it is worth as it is; measured once.
   *
   * @param file of the network
   * @throws BadInputException if it knows other classes than the data set has
   * @throws java.util.concurrent.CancellationException if asked to stop
   */
  UnprunedView measured(Path file, FineTuningBench bench, Runnable betweenBatches) {
    Optional<UnprunedView> known = job.fineTuned().readJson(SCORES, UnprunedView.class);
    if (known.isPresent()) {
      return known.get();
    }
    try (TrainedNetwork network = NetworkFile.read(file)) {
      bench.screen().stage(Stage.FINE_TUNING, "Measuring the unpruned network, as it was imported");
      Map<Split, Answers> answers =
          new TrainedMeasurement(
                  bench.images().dataset(), bench.images().splits(), bench.protocol())
              .of(network, SPLITS, new Batches(bench, betweenBatches));
      UnprunedView view =
          new UnprunedView(
              StructureView.of(plan.space().widest(), plan.full(), plan.full()),
              0,
              view(answers, Split.SELECTION),
              view(answers, Split.CONFIRMATION),
              view(answers, Split.TEST));
      job.fineTuned().writeJson(SCORES, view);
      return view;
    }
  }

  private static ScoreView view(Map<Split, Answers> answers, Split split) {
    return StructureTuner.view(Objects.requireNonNull(answers.get(split)).score());
  }
}
