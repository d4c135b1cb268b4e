package dev.espalier.driver.app.export;

import dev.espalier.driver.app.JobFailedException;
import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.finetune.TunedNetworks;
import dev.espalier.driver.app.measure.JobPruningNet;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.ScratchFolder;
import dev.espalier.driver.service.store.Store;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.onnx.Agreement;
import dev.espalier.pruningnet.onnx.OnnxFile;
import dev.espalier.pruningnet.onnx.OnnxNetwork;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.script.StandaloneProgram;
import dev.espalier.pruningnet.scoring.script.archive.LoadedScript;
import dev.espalier.search.space.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes structures of a job to files, with the weights of the longest training by themselves, of
 * equal ones those that are best on the selection images, or else those that the PruningNet gives
 * them.
 *
 * @param home where the job's images and PruningNet are
 * @param store where the job lives
 * @param view the job
 */
public record StructureExport(Home home, Store store, JobView view) {

  private static final int CHECKED_IMAGES = 1000;
  private static final String FINE_TUNED = "fine-tuned";
  private static final String GENERATED = "PruningNet";

  /** What files there are. */
  public enum Format {
    /** For any runtime of ONNX. */
    ONNX(".onnx"),
    /** For PyTorch and DJL, batch norm always folded. */
    TORCHSCRIPT(".pt");

    private final String extension;

    Format(String extension) {
      this.extension = extension;
    }

    /** How names of such files end. */
    public String extension() {
      return extension;
    }
  }

  /**
   * Writes a file once its runtime gives the scores of the network itself; before that there is no
   * file, or the one that was there.
   *
   * @param folded whether batch norm goes into convolutions
   * @throws dev.espalier.search.job.BadInputException if the structure was not trained by itself
   *     and the job has no PruningNet
   * @throws JobFailedException if the scores differ
   */
  public Exported write(Structure structure, Path file, Format format, boolean folded) {
    try (ScratchFolder scratch = ScratchFolder.make();
        TunedNetworks.Tuned tuned = tuned(structure, scratch.path())) {
      TrainedNetwork learned = tuned.network();
      Path draft = scratch.path().resolve("draft" + format.extension());
      switch (format) {
        case ONNX -> writeOnnx(learned, structure, draft, folded);
        case TORCHSCRIPT -> Files.write(draft, StandaloneProgram.of(learned));
      }
      Agreement agreement = agreement(learned, draft, format);
      if (!agreement.holds()) {
        throw new JobFailedException(
            "%s was not written: it has %d of %d images right, the network itself %d, and scores differ by up to %s, expected at most %s"
                .formatted(
                    file,
                    agreement.exportedCorrect(),
                    agreement.images(),
                    agreement.correct(),
                    agreement.largest(),
                    Agreement.TOLERANCE));
      }
      AtomicFile.write(file, Files.readAllBytes(draft));
      boolean trained = !tuned.training().isEmpty();
      JobPlan plan = view.plan();
      return new Exported(
          file.toString(),
          Files.size(file),
          StructureView.of(structure, plan.costs().costs(structure), plan.full()),
          trained ? FINE_TUNED : GENERATED,
          tuned.training(),
          trained,
          agreement);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private void writeOnnx(TrainedNetwork learned, Structure structure, Path draft, boolean folded) {
    if (folded) {
      try (TrainedNetwork plain = learned.folded()) {
        OnnxFile.write(draft, plain, provenance(structure));
      }
    } else {
      OnnxFile.write(draft, learned, provenance(structure));
    }
  }

  private TunedNetworks.Tuned tuned(Structure structure, Path scratch) {
    return new TunedNetworks(view.job().fineTuned())
        .longest(structure, scratch)
        .orElseGet(() -> new TunedNetworks.Tuned(generated(structure), ""));
  }

  private TrainedNetwork generated(Structure structure) {
    SortedMap<String, String> provenance = new TreeMap<>();
    provenance.put("weights", GENERATED);
    provenance.put("structure", structure.toString());
    try (JobPruningNet net = JobPruningNet.open(home, store, view.job(), view.plan());
        StructureScorer scorer =
            StructureScorer.of(
                net.trained().net(),
                net.images().dataset(),
                net.images().splits(),
                net.protocol());
        NetworkEvaluation evaluation = scorer.prepare(structure)) {
      return evaluation.trained(evaluation.recalibrate(() -> {}), provenance);
    }
  }

  private Agreement agreement(TrainedNetwork learned, Path draft, Format format) {
    return switch (format) {
      case ONNX -> {
        int threads = Runtime.getRuntime().availableProcessors();
        try (OnnxNetwork exported = OnnxNetwork.open(draft, threads)) {
          yield agreement(learned, exported::scores);
        }
      }
      case TORCHSCRIPT -> {
        try (LoadedScript exported = LoadedScript.open(draft, learned.network().input())) {
          yield agreement(learned, exported::scores);
        }
      }
    };
  }

  private Agreement agreement(TrainedNetwork learned, Agreement.Scorer exported) {
    Images images =
        Images.of(
            DataStore.of(home).forJob(view.plan().spec().data().name()),
            view.plan().spec().data().splits());
    int[] confirmation = images.splits().indices(Split.CONFIRMATION);
    return Agreement.of(
        learned,
        exported,
        images.dataset(),
        Arrays.copyOf(confirmation, Math.min(CHECKED_IMAGES, confirmation.length)));
  }

  private Map<String, String> provenance(Structure structure) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("job", view.job().id().text());
    provenance.put("id", structure.id());
    provenance.put("network", view.plan().space().network().name());
    provenance.put("version", view.job().record().version());
    view.job()
        .record()
        .digests()
        .forEach((name, digest) -> provenance.put("digest." + name, digest));
    return provenance;
  }
}
