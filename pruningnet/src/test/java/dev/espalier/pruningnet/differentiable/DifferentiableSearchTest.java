package dev.espalier.pruningnet.differentiable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.ColouredImages;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.cell.Backbone;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.cell.CellSpace;
import dev.espalier.search.cell.Operation;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.NetworkSpec;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DifferentiableSearchTest {

  private static final Shape IMAGE = new Shape(3, 8, 8);
  private static final ArchitectureSpace SPACE =
      space(
          List.of(Operation.NONE, Operation.MAX_POOL_3X3, Operation.SKIP, Operation.SEPARABLE_3X3));
  private static final int STEPS_PER_EPOCH = 2;

  @TempDir Path folder;
  private TrainingData data;

  @BeforeEach
  void makeImages() {
    data = ColouredImages.of(folder, 66);
  }

  @Test
  void run_stoppedInEachPhase_isBitForBitTheUnbrokenRun() {
    SearchSettings settings = settings(NetworkSpec.Order.UNROLLED, 4, 1, 1);
    String unbroken = digest(settings, () -> false, "unbroken").orElseThrow();
    for (int stopAfter : new int[] {1, 5, 9, 11}) {
      String name = "stopped" + stopAfter;
      int[] asked = {0};
      assertThat(digest(settings, () -> asked[0]++ == stopAfter, name)).isEmpty();
      assertThat(digest(settings, () -> false, name))
          .as("stopped after %d", stopAfter)
          .contains(unbroken);
    }
  }

  @Test
  void run_stoppedInEveryStep_isBitForBitTheUnbrokenRun() {
    SearchSettings settings = settings(NetworkSpec.Order.FIRST, 1, 1, 1);
    String unbroken = digest(settings, () -> false, "unbroken").orElseThrow();
    Optional<String> found = Optional.empty();
    for (int runs = 0; found.isEmpty(); runs++) {
      assertThat(runs).isLessThan(10);
      int[] asked = {0};
      found = digest(settings, () -> asked[0]++ == 1, "stopped");
    }
    assertThat(found).contains(unbroken);
  }

  @Test
  void run_toTheEnd_tellsOfPhasesAndOfAlphasThatMoveInEachOne() throws IOException {
    Heard heard = new Heard();
    SearchSettings settings = settings(NetworkSpec.Order.FIRST, 2, 2, 2);
    DifferentiableSearch search = new DifferentiableSearch(SPACE, settings, data);
    Path file = folder.resolve("found");
    try (FoundArchitecture found =
        search
            .run(new Checkpoints(folder.resolve("c"), 100), 1, heard, () -> false, file)
            .orElseThrow()) {
      assertThat(heard.phases).containsExactly(Phase.values());
      assertThat(heard.decisions)
          .extracting(d -> d.phase().text() + d.epoch())
          .containsExactly(
              "pretrain0", "pretrain1", "prune0", "prune1", "fine-tune0", "fine-tune1");
      for (int i = 1; i < heard.decisions.size(); i++) {
        assertThat(heard.decisions.get(i).alphas())
            .isNotEqualTo(heard.decisions.get(i - 1).alphas());
      }
      assertThat(found.architecture()).isEqualTo(heard.decisions.get(5).architecture());
      assertThat(found.provenance().search()).isEqualTo(search.digest());
      assertThat(search.steps(Phase.PRUNE)).isEqualTo(2 * STEPS_PER_EPOCH);
    }
    try (var left = Files.walk(folder.resolve("c"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void run_ofEnoughPretrainEpochs_letsTheAlphasBeginLater() {
    Heard heard = new Heard();
    SearchSettings settings = settings(NetworkSpec.Order.FIRST, 4, 0, 0);
    new DifferentiableSearch(SPACE, settings, data)
        .run(new Checkpoints(folder.resolve("c"), 100), 1, heard, () -> false, folder.resolve("f"))
        .orElseThrow()
        .close();

    Alphas first = heard.decisions.get(0).alphas();
    assertThat(first.choices().values())
        .allSatisfy(alphas -> assertThat(alphas).allMatch(alpha -> Math.abs(alpha) < 5 * 1e-3));
    assertThat(heard.decisions.get(1).alphas()).isNotEqualTo(first);
    // The first step of Adam is of its rate, whatever the gradient.
    double change = alpha(heard.decisions.get(1).alphas()) - alpha(first);
    assertThat(Math.abs(change))
        .isBetween(1e-5, STEPS_PER_EPOCH * SearchSettings.ALPHA_RATE * 1.01);
  }

  @Test
  void load_whatWasSaved_hasItsWeightsAndMasks() {
    Path file = folder.resolve("found");
    DifferentiableSearch search =
        new DifferentiableSearch(SPACE, settings(NetworkSpec.Order.FIRST, 1, 1, 1), data);
    try (FoundArchitecture saved = run(search, file);
        FoundArchitecture loaded = FoundArchitecture.load(file, SPACE);
        NDManager scope = Torch.scope()) {
      assertThat(loaded.digest()).isEqualTo(saved.digest());
      assertThat(loaded.provenance())
          .isEqualTo(saved.provenance())
          .isEqualTo(FoundArchitecture.provenance(file));
      assertThat(loaded.architecture()).isEqualTo(saved.architecture());
      Weights masked = loaded.network().masked(Sparsity.of(Granularity.WEIGHT, 0.1), scope);
      assertThat(masked.layers()).isNotEmpty();
      assertThat(Parameter.digest(loaded.network().parameters()))
          .isEqualTo(Parameter.digest(saved.network().parameters()));
      assertThat(loaded.network().scores().parameters())
          .allSatisfy(score -> assertThat(score.array().max().getFloat()).isPositive());
    }
  }

  @Test
  void load_fromAnotherSpaceOrDamaged_isRefused() throws IOException {
    Path file = folder.resolve("found");
    DifferentiableSearch search =
        new DifferentiableSearch(SPACE, settings(NetworkSpec.Order.FIRST, 1, 0, 0), data);
    run(search, file).close();

    ArchitectureSpace other = space(List.of(Operation.SKIP, Operation.SEPARABLE_3X3));
    assertThatThrownBy(() -> FoundArchitecture.load(file, other))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file + ": it was found in space");
    byte[] bytes = Files.readAllBytes(file);
    int name = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("normal: ") + 8;
    bytes[name] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> FoundArchitecture.load(file, SPACE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file + ": genotype, normal cell: operation");
    bytes[name] ^= 1;
    bytes[bytes.length - 40] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> FoundArchitecture.load(file, SPACE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString());
    Files.write(file, Arrays.copyOf(bytes, 100));
    assertThatThrownBy(() -> FoundArchitecture.load(file, SPACE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("ends too early");
  }

  @Test
  void run_pretrainAlone_scoresByMagnitude() {
    DifferentiableSearch search =
        new DifferentiableSearch(SPACE, settings(NetworkSpec.Order.FIRST, 1, 0, 0), data);
    assertThat(search.settings().phases().phases()).containsExactly(Phase.PRETRAIN);
    assertThat(search.steps(Phase.PRUNE)).isZero();
    try (FoundArchitecture found = run(search, folder.resolve("found"))) {
      Parameter stem = found.network().scores().parameters().get(0);
      assertThat(stem.name()).isEqualTo("stem.conv.scores");
      assertThat(stem.array().max().getFloat())
          .isCloseTo((float) Math.sqrt(6.0 / 27), within(1e-6f));
    }
  }

  @Test
  void run_alphasThatAreNoNumbers_stopsAndNamesTheLastGoodCheckpoint() {
    SearchSettings usual = settings(NetworkSpec.Order.FIRST, 4, 0, 0);
    SearchSettings settings =
        new SearchSettings(usual.phases(), 8e37, usual.order(), Integer.MAX_VALUE);
    DifferentiableSearch search = new DifferentiableSearch(SPACE, settings, data);
    Path checkpoints = folder.resolve("diverged");
    assertThatThrownBy(
            () ->
                search.run(
                    new Checkpoints(checkpoints, 1),
                    1,
                    ArchitectureListener.UNHEARD,
                    () -> false,
                    folder.resolve("f")))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("in the pretrain phase one of alphas.")
        .hasMessageContaining("in step 1 of epoch 1, at a learning rate of 8.0E37")
        .hasMessageContaining(
            "its last good checkpoint is "
                + checkpoints.resolve("pretrain").resolve("step-000000000003.checkpoint"));
  }

  @Test
  void settings_thatCannotBe_areRefused() {
    PhasedSettings phases = settings(NetworkSpec.Order.FIRST, 1, 0, 0).phases();
    assertThatThrownBy(() -> new SearchSettings(phases, 0, NetworkSpec.Order.FIRST, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("alphaRate is 0.0, expected above 0");
    assertThatThrownBy(() -> new SearchSettings(phases, 1, NetworkSpec.Order.FIRST, -1))
        .hasMessageContaining("mostSkips is -1, expected at least 0");
    assertThatThrownBy(
            () ->
                new DifferentiableSearch(
                        SPACE,
                        settings(NetworkSpec.Order.FIRST, 1, 0, 0),
                        new TrainingData(data.dataset(), new int[] {1}))
                    .steps(Phase.PRETRAIN))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1 training images, expected at least 2");
  }

  private static double alpha(Alphas alphas) {
    return Objects.requireNonNull(alphas.choices().get("normal.0-2")).get(0);
  }

  private FoundArchitecture run(DifferentiableSearch search, Path file) {
    return search
        .run(
            new Checkpoints(folder.resolve("checkpoints"), 100),
            1,
            ArchitectureListener.UNHEARD,
            () -> false,
            file)
        .orElseThrow();
  }

  private Optional<String> digest(SearchSettings settings, BooleanSupplier stop, String name) {
    Optional<FoundArchitecture> found =
        new DifferentiableSearch(SPACE, settings, data)
            .run(
                new Checkpoints(folder.resolve(name), 3),
                1,
                ArchitectureListener.UNHEARD,
                stop,
                folder.resolve(name + ".architecture"));
    found.ifPresent(FoundArchitecture::close);
    return found.map(FoundArchitecture::digest);
  }

  private static ArchitectureSpace space(List<Operation> operations) {
    return new CellArchitectures(new CellSpace(1, operations), new Backbone(3, 2, IMAGE, 4));
  }

  private static SearchSettings settings(
      NetworkSpec.Order order, int pretrain, int prune, int fineTune) {
    return new SearchSettings(
        new PhasedSettings(
            new PhasedSettings.Epochs(pretrain, prune, fineTune),
            PhasedSettings.Rates.PUBLISHED,
            16,
            Sparsity.of(Granularity.WEIGHT, 0.3),
            new Augmentation(1, true),
            MemoryFormat.CHANNELS_LAST,
            7),
        SearchSettings.ALPHA_RATE,
        order,
        SearchSettings.MOST_SKIPS);
  }

  private static final class Heard implements ArchitectureListener {
    private final List<Phase> phases = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();

    @Override
    public void phase(Phase phase) {
      phases.add(phase);
    }

    @Override
    public void decided(Decision decision) {
      decisions.add(decision);
    }
  }
}
