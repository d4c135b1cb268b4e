package dev.espalier.driver.app.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.page.Pages;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of the trainings of a structure the right one goes out. */
class TunedNetworksTest {

  private static final Structure STRUCTURE = Structure.parse("3-4-5");
  private static final JobSpec.Distillation NONE = new JobSpec.Distillation(0, 4);
  private static final JobSpec.Distillation WEAK = new JobSpec.Distillation(0.25, 4);
  private static final JobSpec.Distillation FINE = new JobSpec.Distillation(0.0001, 12.5);

  @TempDir private Path scratch;
  private final Folder folder = new MemoryFolder();
  private final TunedNetworks networks = new TunedNetworks(folder);

  @Test
  void longest_severalOfEqualLength_isTheOneWithMostSelectionImagesCorrect() {
    keep(STRUCTURE, 9, NONE, 99);
    keep(STRUCTURE, 10, NONE, 60);
    keep(STRUCTURE, 10, WEAK, 50);
    keep(STRUCTURE, 10, FINE, 55);
    keep(Structure.parse("3-4-6"), 20, NONE, 99);
    assertThat(longest()).isEqualTo("10 epochs");

    keep(STRUCTURE, 10, FINE, 61);
    assertThat(longest()).isEqualTo("10 epochs, taught with weight 1.0E-4 at temperature 12.5");
    keep(STRUCTURE, 10, WEAK, 62);
    assertThat(longest()).isEqualTo("10 epochs, taught with weight 0.25 at temperature 4.0");
    keep(STRUCTURE, 11, NONE, 40);
    assertThat(longest()).isEqualTo("11 epochs");
  }

  @Test
  void longest_equalOnesWhoseFiguresAreNotKnown_isTheOneWhoseFiguresAre() {
    keep(STRUCTURE, 10, NONE, 1);
    network(STRUCTURE, new JobSpec.FineTune(10, WEAK));

    assertThat(longest()).isEqualTo("10 epochs");
    network(STRUCTURE, new JobSpec.FineTune(12, WEAK));
    assertThat(longest()).isEqualTo("12 epochs");
  }

  @Test
  void longest_neverTrained_isNone() {
    keep(Structure.parse("3-4-6"), 20, NONE, 99);
    assertThat(networks.longest(STRUCTURE, scratch)).isEmpty();
  }

  private String longest() {
    try (TunedNetworks.Tuned found = networks.longest(STRUCTURE, scratch).orElseThrow()) {
      assertThat(found.training()).startsWith(found.network().provenance().get("epochs"));
      return found.training();
    }
  }

  private void keep(
      Structure structure, int epochs, JobSpec.Distillation distillation, int correct) {
    JobSpec.FineTune settings = new JobSpec.FineTune(epochs, distillation);
    network(structure, settings);
    ScoreView score = ScoreView.of(new Scored(correct, 100));
    FineTunedView shown =
        new FineTunedView(
            Pages.trial(1).structure(),
            epochs,
            distillation.teaches() ? distillation : null,
            score,
            score,
            score,
            score);
    networks.keep(structure, settings, new FineTunedAnswers(shown, "", ""));
  }

  private void network(Structure structure, JobSpec.FineTune settings) {
    Path file = scratch.resolve("any");
    try (TrainedNetwork any =
        TrainedNetwork.untrained(
            Zoo.network("resnet20", new Shape(3, 32, 32), 3),
            ImageConvention.unknown(3, 3),
            new RandomStreams(1))) {
      NetworkFile.write(
          file,
          new TrainedNetwork(
              any.parameters(),
              any.statistics(),
              any.images(),
              new TreeMap<>(Map.of("epochs", "" + settings.epochs()))));
    }
    networks.keep(structure, settings, file);
  }
}
