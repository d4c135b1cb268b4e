package dev.espalier.search.job;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One job: train a PruningNet for a network over a data set, then search structures within the
 * constraints. Equal specs are the same job.
 *
 * @param network the network to prune
 * @param data the images
 * @param pruningNet how the weights are learned
 * @param space which structures there are
 * @param search how structures are chosen
 * @param device the machine that structures are for
 * @param constraints what every structure must meet; none by default
 * @param evaluation how one structure is measured
 * @param confirmation what is measured on images that never chose a structure
 * @param fineTune how confirmed structures are trained by themselves
 * @param stages what the job does, in this order
 * @param output what people see, and how soon
 */
public record JobSpec(
    NetworkSpec network,
    DataSpec data,
    PruningNetSpec pruningNet,
    SpaceSpec space,
    SearchSpec search,
    Device device,
    List<ConstraintSpec> constraints,
    EvaluationSpec evaluation,
    ConfirmationSpec confirmation,
    FineTune fineTune,
    List<Stage> stages,
    OutputSpec output) {

  /** What a job does that does not say: all but fine-tuning. */
  public static final List<Stage> USUAL =
      List.of(Stage.FIND, Stage.TRAIN, Stage.SEARCH, Stage.CONFIRM);

  /** Copies the lists, so that a job never changes, and refuses stages that cannot follow. */
  public JobSpec {
    constraints = List.copyOf(constraints);
    stages = List.copyOf(stages);
    Stage.check(stages);
  }

  /**
   * The part of the job that decides what each of its stages finds: all but which stages it has,
   * how it trains structures by themselves, of which results are kept apart, and its output.
   */
  public JobSpec decisive() {
    return new JobSpec(
        network,
        data,
        pruningNet,
        space,
        search,
        device,
        constraints,
        evaluation,
        confirmation,
        FineTune.DEFAULT,
        USUAL,
        OutputSpec.DEFAULT);
  }

  /**
   * The same job once the architecture of its network is found.
   *
   * @param first structures to try first, by their genes
   */
  public JobSpec withArchitecture(String found, List<String> first) {
    return changed(network.with(found), search.withFirst(first), device, fineTune);
  }

  /** The same job for a machine. */
  public JobSpec with(Device machine) {
    return changed(network, search, machine, fineTune);
  }

  /** The same job with other settings of fine-tuning. */
  public JobSpec with(FineTune asked) {
    return changed(network, search, device, asked);
  }

  private JobSpec changed(
      NetworkSpec toPrune, SearchSpec searching, Device machine, FineTune tuning) {
    return new JobSpec(
        toPrune,
        data,
        pruningNet,
        space,
        searching,
        machine,
        constraints,
        evaluation,
        confirmation,
        tuning,
        stages,
        output);
  }

  /** Whether the job has a stage. */
  public boolean has(Stage stage) {
    return stages.contains(stage);
  }

  /** A job with every default, over a network and a data set. */
  public static JobSpec of(String network, String data) {
    return new JobSpec(
        NetworkSpec.of(network),
        DataSpec.of(data),
        PruningNetSpec.DEFAULT,
        SpaceSpec.DEFAULT,
        SearchSpec.DEFAULT,
        Device.NONE,
        List.of(),
        EvaluationSpec.DEFAULT,
        ConfirmationSpec.DEFAULT,
        FineTune.DEFAULT,
        USUAL,
        OutputSpec.DEFAULT);
  }

  /** What a job does, in this order. */
  public enum Stage {
    /** Finds the architecture of the network, where it is open. */
    FIND("find"),
    /** Trains the PruningNet. */
    TRAIN("train"),
    /** Searches structures. */
    SEARCH("search"),
    /** Measures the best ones on images that never chose one. */
    CONFIRM("confirm"),
    /** Trains those by themselves. */
    FINE_TUNE("fineTune");

    private final String word;

    Stage(String word) {
      this.word = word;
    }

    /** Its name in job files. */
    public String word() {
      return word;
    }

    private static void check(List<Stage> stages) {
      if (stages.isEmpty() || !stages.equals(List.copyOf(EnumSet.copyOf(stages)))) {
        throw new BadInputException(
            "stages: found %s, expected one or more of %s, in this order and each once"
                .formatted(words(stages.stream()), words(Stream.of(values()))));
      }
      requireBefore(stages, CONFIRM, SEARCH);
      requireBefore(stages, FINE_TUNE, CONFIRM);
    }

    private static void requireBefore(List<Stage> stages, Stage later, Stage earlier) {
      if (stages.contains(later) && !stages.contains(earlier)) {
        throw new BadInputException(
            "stages: found %s, expected %s before %s, which goes on from what it has found"
                .formatted(words(stages.stream()), earlier.word, later.word));
      }
    }

    private static String words(Stream<Stage> stages) {
      return stages.map(Stage::word).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /**
   * The machine that structures are for: what is known of it, so that costs can be limited there.
   *
   * @param latency a latency table: its file as a job names it, its text once that is read; empty
   *     for none
   * @param energy coefficients of energy, likewise
   */
  public record Device(String latency, String energy) {

    /** Nothing is known. */
    public static final Device NONE = new Device("", "");

    /** Whether a field holds the name of a file that nobody has read yet. */
    public static boolean isName(String field) {
      return !field.isEmpty() && field.indexOf('\n') < 0;
    }
  }

  /**
   * How confirmed structures are trained by themselves, from their generated weights.
   *
   * @param epochs passes over the training images
   * @param distillation how the unpruned network teaches them
   */
  public record FineTune(int epochs, Distillation distillation) {

    /** As {@code espalier finetune} does. */
    public static final FineTune DEFAULT = new FineTune(10, Distillation.DEFAULT);

    /** As many epochs without a teacher: how the teacher itself is trained. */
    public FineTune untaught() {
      return new FineTune(epochs, Distillation.DEFAULT);
    }
  }

  /**
   * How the unpruned network teaches structures.
   *
   * @param weight share of its answers in the loss, in [0, 1]; 0 is off
   * @param temperature that softens its answers and those of the structure, above 0
   */
  public record Distillation(double weight, double temperature) {

    /** Off. */
    public static final Distillation DEFAULT = new Distillation(0, 4);

    /** Whether the unpruned network has a say. No {@code is}: JSON would take it for a field. */
    public boolean teaches() {
      return weight > 0;
    }
  }
}
