package dev.espalier.driver.app.search;

import dev.espalier.driver.app.measure.Measuring;
import dev.espalier.driver.app.measure.Workers;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.service.Stage;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.report.Confirmation;
import dev.espalier.search.report.ConfirmedStructure;
import dev.espalier.search.report.Contender;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Measures the best structures and the baselines on images that never chose one. */
public final class Confirming {

  private static final List<Split> SPLITS =
      List.of(Split.SELECTION, Split.CONFIRMATION, Split.TEST);

  private final JobPlan plan;
  private final Workers workers;
  private final JobMonitor monitor;
  private final BooleanSupplier stop;

  /** The confirmation of a job. */
  public Confirming(JobPlan plan, Workers workers, JobMonitor monitor, BooleanSupplier stop) {
    this.plan = plan;
    this.workers = workers;
    this.monitor = monitor;
    this.stop = stop;
  }

  /** The confirmed structures, the best of the search first; empty if asked to stop. */
  public Optional<List<ConfirmedStructure>> run(List<Trial> searched, List<Trial> random) {
    int top = plan.spec().confirmation().top();
    List<Contender> contenders =
        Confirmation.plan(searched, random, top, plan.space(), plan.costs()).contenders();
    monitor.stage(
        Stage.CONFIRMING,
        "Measuring %d structures on images that chose nothing".formatted(contenders.size()));
    List<List<Scored>> scores = new ArrayList<>();
    for (Split split : SPLITS) {
      Optional<List<Scored>> measured = measure(split, contenders, scores.size());
      if (measured.isEmpty()) {
        return Optional.empty();
      }
      scores.add(measured.get());
    }
    List<ConfirmedStructure> confirmed = new ArrayList<>();
    for (int i = 0; i < contenders.size(); i++) {
      Structure structure = contenders.get(i).structure();
      confirmed.add(
          new ConfirmedStructure(
              contenders.get(i).role(),
              structure,
              plan.costs().costs(structure),
              scores.get(0).get(i),
              scores.get(1).get(i),
              scores.get(2).get(i)));
    }
    return Optional.of(confirmed);
  }

  private Optional<List<Scored>> measure(Split split, List<Contender> contenders, int splitsDone) {
    long before = (long) splitsDone * contenders.size();
    long total = (long) SPLITS.size() * contenders.size();
    try (EvaluationPool pool = workers.pool(split)) {
      return Measuring.of(
          pool,
          contenders.stream().map(Contender::structure).toList(),
          done -> monitor.progress(new Progress(before + done, total, "measurements", "")),
          stop);
    }
  }
}
