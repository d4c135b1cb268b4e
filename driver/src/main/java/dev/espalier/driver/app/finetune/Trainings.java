package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.together.MadeOnce;
import dev.espalier.driver.app.together.SideBySide;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Trainings of a job's structures whose results are kept, so that none is trained twice, whoever
 * asks. One structure has all cores of this process; several are trained side by side on the job's
 * workers.
 *
 * @param folder where the job keeps what came of trainings
 * @param bench what it takes
 */
record Trainings(Folder folder, FineTuningBench bench) {

  private record Training(Structure structure, MadeOnce made) {}

  /**
   * Trains those that are not trained yet, from wherever an earlier run was stopped.
   *
   * @return what came of each, in this order; fewer if asked to stop
   * @throws dev.espalier.pruningnet.training.TrainingDivergedException if one diverges, when all
   *     others are at their ends
   */
  List<FineTunedAnswers> of(List<Structure> structures) {
    // One waits for each of them, so all processes need one order.
    List<Training> all =
        structures.stream()
            .distinct()
            .sorted(Comparator.comparing(Structure::digest))
            .map(
                structure ->
                    new Training(
                        structure, bench.made(structure, () -> kept(structure).isPresent())))
            .toList();
    MadeOnce.findOrMake(
        all.stream().map(Training::made).toList(),
        bench.screen(),
        bench.stop(),
        missing ->
            train(
                all.stream()
                    .filter(training -> missing.contains(training.made()))
                    .map(Training::structure)
                    .toList(),
                all.size()));
    List<FineTunedAnswers> done = new ArrayList<>();
    structures.forEach(structure -> kept(structure).ifPresent(done::add));
    return done;
  }

  private boolean train(List<Structure> missing, int asked) {
    return asked == 1 ? alone(missing.get(0)) : sideBySide(missing, asked - missing.size());
  }

  private boolean alone(Structure structure) {
    bench
        .screen()
        .stage(
            Stage.FINE_TUNING,
            "Training %s for %d epochs%s"
                .formatted(structure.id(), bench.settings().epochs(), taught()));
    Optional<FineTunedAnswers> answers = bench.alone(structure);
    answers.ifPresent(each -> keep(structure, each));
    return answers.isPresent();
  }

  private boolean sideBySide(List<Structure> structures, int kept) {
    bench
        .screen()
        .stage(
            Stage.FINE_TUNING,
            "Training %s side by side for %d epochs%s"
                .formatted(
                    structures.stream().map(Structure::id).collect(Collectors.joining(", ")),
                    bench.settings().epochs(),
                    taught()));
    SideBySide.Ended ended = bench.sideBySide(structures, kept);
    structures.forEach(structure -> bench.left(structure).ifPresent(each -> keep(structure, each)));
    if (!ended.diverged().isEmpty()) {
      throw ended.diverged().get(0);
    }
    return ended.finished();
  }

  private String taught() {
    return bench.teacher() == null ? "" : ", taught by the unpruned network";
  }

  private Optional<FineTunedAnswers> kept(Structure structure) {
    return new TunedNetworks(folder).answers(structure, bench.settings());
  }

  private void keep(Structure structure, FineTunedAnswers answers) {
    TunedNetworks networks = new TunedNetworks(folder);
    networks.keep(structure, bench.settings(), bench.result(structure));
    networks.keep(structure, bench.settings(), answers);
    bench.forget(structure);
  }
}
