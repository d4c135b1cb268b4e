package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.UnprunedView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.finetuning.Teacher;
import dev.espalier.pruningnet.scoring.finetuning.TrainedMeasurement;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.network.NetworkText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The unpruned network of a job as it was imported, with the weights that it came with. The job
 * keeps a copy, so that no later change of the home's networks reaches it.
 *
 * @param folder where the job keeps what has to do with trainings
 * @param plan the job
 */
public record OriginalNetwork(Folder folder, JobPlan plan) {

  private static final String FILE = "imported.network";
  private static final String SCORES = "imported.json";

  /** That of a job. */
  public static OriginalNetwork of(JobFolder job, JobPlan plan) {
    return new OriginalNetwork(FineTuneRun.folder(job), plan);
  }

  /** Has the job keep its network, unless it does or the home does not have this very network. */
  public void keep(ImportedNetworks imports) {
    String name = plan.spec().network().name();
    if (!isImported() || folder.has(FILE) || !imports.has(name)) {
      return;
    }
    if (NetworkText.of(imports.graph(name)).equals(plan.spec().network().architecture())) {
      try {
        folder.write(FILE, Files.readAllBytes(imports.file(name)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + imports.file(name), e);
      }
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
   * @throws BadInputException if it is lost
   */
  void fetch(Path file) {
    AtomicFile.write(
        file,
        folder
            .read(FILE)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "network '%s': its weights are not there. Maybe import it again, under the same name?"
                            .formatted(plan.spec().network().name()))));
  }

  /**
   * What it is worth as it is; measured once.
   *
   * @param file of the network
   * @throws BadInputException if it knows other classes than the data set has
   * @throws java.util.concurrent.CancellationException if asked to stop
   */
  UnprunedView measured(Path file, FineTuningBench bench, Runnable betweenBatches) {
    Optional<UnprunedView> known = folder.readJson(SCORES, UnprunedView.class);
    if (known.isPresent()) {
      return known.get();
    }
    try (TrainedNetwork network = NetworkFile.read(file)) {
      Map<Split, Answers> answers =
          new TrainedMeasurement(
                  bench.images().dataset(), bench.images().splits(), bench.protocol())
              .of(
                  network,
                  EnumSet.of(Split.SELECTION, Split.CONFIRMATION, Split.TEST),
                  betweenBatches);
      UnprunedView view =
          new UnprunedView(
              StructureView.of(plan.space().widest(), plan.full(), plan.full()),
              0,
              view(answers, Split.SELECTION),
              view(answers, Split.CONFIRMATION),
              view(answers, Split.TEST));
      folder.writeJson(SCORES, view);
      return view;
    }
  }

  private static ScoreView view(Map<Split, Answers> answers, Split split) {
    return StructureTuner.view(Objects.requireNonNull(answers.get(split)).score());
  }
}
