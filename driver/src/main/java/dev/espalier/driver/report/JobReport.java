package dev.espalier.driver.report;

import dev.espalier.search.space.Structure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job found.
 *
 * @param id the job
 * @param made what it was made from
 * @param effort what it took
 * @param full the unpruned structure
 * @param widest the unpruned structure's score on the selection images, with generated weights;
 *     null if nothing was searched
 * @param hypervolume share that the front dominates, 0 to 1; null if nothing was searched
 * @param front the structures that no other dominates, most accurate first
 * @param confirmed the best and the baselines on images that chose nothing; none if the job was not
 *     to confirm
 * @param fineTuned those after training by themselves; null if the job was not to train them
 */
public record JobReport(
    String id,
    Made made,
    Effort effort,
    StructureView full,
    @Nullable ScoreView widest,
    @Nullable Double hypervolume,
    List<TrialView> front,
    List<ConfirmedView> confirmed,
    @Nullable FineTunedReport fineTuned) {

  /** Copies the lists. */
  public JobReport {
    front = List.copyOf(front);
    confirmed = List.copyOf(confirmed);
  }

  /**
   * What a job was made from.
   *
   * @param version of Espalier
   * @param network the network that was pruned
   * @param architecture that was found or given, in its canonical text; empty for one of the zoo
   * @param data the data set
   * @param strategy that proposed structures
   * @param seed of the search
   * @param protocol how structures were measured, in its canonical text
   * @param digests SHA-256 of the inputs
   */
  public record Made(
      String version,
      String network,
      String architecture,
      String data,
      String strategy,
      long seed,
      String protocol,
      Map<String, String> digests) {

    /** Copies the digests. */
    public Made {
      // Version 0.1.0 did not write it.
      architecture = architecture == null ? "" : architecture;
      digests = Map.copyOf(digests);
    }
  }

  /**
   * What a job took, in all its runs.
   *
   * @param evaluations structures that the search measured
   * @param failures structures that could not be measured
   * @param cacheHits cache entries that saved work
   * @param cacheMisses cache entries that had to be made
   * @param time spent in each stage
   */
  public record Effort(
      long evaluations,
      long failures,
      long cacheHits,
      long cacheMisses,
      Map<String, Duration> time) {

    /** Copies the times. */
    public Effort {
      time = Map.copyOf(time);
    }

    private Effort with(Map<String, Duration> now) {
      return new Effort(evaluations, failures, cacheHits, cacheMisses, now);
    }
  }

  /** The same once its structures are trained by themselves. */
  public JobReport with(FineTunedReport tuned, Map<String, Duration> time) {
    return new JobReport(
        id, made, effort.with(time), full, widest, hypervolume, front, confirmed, tuned);
  }

  /** What was confirmed, each structure once. */
  public List<Structure> structures() {
    return confirmed.stream()
        .map(one -> Structure.parse(one.structure().genes()))
        .distinct()
        .toList();
  }

  /** The report as people read it. */
  public String text() {
    return new ReportText(this).text();
  }
}
