package dev.espalier.driver.app.train;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.pruningnet.differentiable.ArchitectureListener;
import dev.espalier.pruningnet.differentiable.DifferentiableSearch;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/** Watches a search for an architecture for its job. */
class ArchitectureWatch implements ArchitectureListener {

  private final JobListener listener;
  private final Consumer<Alphas> alphas;
  private final DoubleConsumer speed;
  private final DifferentiableSearch search;
  private final long total;
  private Phase phase = Phase.PRETRAIN;
  private long before;
  private String decided = "";

  /**
   * A watch.
   *
   * @param listener told of steps and epochs
   * @param alphas where they go after every epoch
   * @param speed where images per second go after every step
   */
  ArchitectureWatch(
      JobListener listener,
      Consumer<Alphas> alphas,
      DoubleConsumer speed,
      DifferentiableSearch search) {
    this.listener = listener;
    this.alphas = alphas;
    this.speed = speed;
    this.search = search;
    this.total = steps(search);
  }

  /** The steps of all phases of a search. */
  static long steps(DifferentiableSearch search) {
    return search.settings().phases().phases().stream().mapToLong(search::steps).sum();
  }

  @Override
  public void phase(Phase begun) {
    phase = begun;
    before =
        search.settings().phases().phases().stream()
            .filter(earlier -> earlier.compareTo(begun) < 0)
            .mapToLong(search::steps)
            .sum();
  }

  @Override
  public void step(Step step) {
    speed.accept(step.imagesPerSecond());
    listener.progress(
        new Progress(
            before + (long) step.epoch() * step.steps() + step.step() + 1,
            total,
            "steps",
            String.format(
                Locale.ROOT,
                "%s, epoch %d of %d, loss %.3f, %.0f images/s",
                phase.text(),
                step.epoch() + 1,
                step.epochs(),
                step.loss(),
                step.imagesPerSecond())));
  }

  @Override
  public void decided(Decision decision) {
    alphas.accept(decision.alphas());
    decided =
        String.format(
            Locale.ROOT,
            "share of the largest options %.0f%%, %d skips%s",
            100 * meanOfLargest(decision.alphas()),
            decision.architecture().skips(),
            decision.stopped() ? ", alphas stand still" : "");
  }

  @Override
  public void epoch(Epoch epoch) {
    listener.note(
        String.format(
            Locale.ROOT,
            "  %s, epoch %d of %d: loss %.3f, %.0f images/s, %s",
            phase.text(),
            epoch.epoch() + 1,
            epoch.epochs(),
            epoch.loss(),
            epoch.imagesPerSecond(),
            decided));
  }

  @Override
  public void resumed(Path checkpoint, long step) {
    listener.note(resumedText(step));
  }

  /** Says from where the phase goes on. */
  String resumedText(long step) {
    return "Goes on from step %d of %s".formatted(step, phase.text());
  }

  @Override
  public void damaged(BadInputException problem) {
    listener.note("Did not use a checkpoint: " + problem.getMessage());
  }

  /** How far the choices are decided: 1 when all are. */
  private static double meanOfLargest(Alphas alphas) {
    return alphas.choices().keySet().stream()
        .mapToDouble(choice -> Arrays.stream(alphas.shares(choice)).max().orElseThrow())
        .average()
        .orElse(1);
  }
}
