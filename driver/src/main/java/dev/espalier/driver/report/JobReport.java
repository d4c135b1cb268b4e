package dev.espalier.driver.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param confirmed the best and the baselines on images that chose nothing; empty if the job does
 *     not ask for it
 * @param fineTuned the same structures after training by themselves; empty if the job does not ask
 *     for it
 * @param unpruned what the unpruned network is worth, before; null if it is not known or nothing
 *     was fine-tuned
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
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FineTunedView> fineTuned,
    @Nullable UnprunedView unpruned) {

  /** Copies the lists. */
  public JobReport {
    front = List.copyOf(front);
    confirmed = List.copyOf(confirmed);
    // Reports of jobs that did not ask for it have none.
    fineTuned = fineTuned == null ? List.of() : List.copyOf(fineTuned);
  }

  /**
   * What a job was made from.
   *
   * @param version of Espalier
   * @param network the network that was pruned
   * @param architecture which network of a space of architectures; empty for one of the zoo
   * @param data the data set
   * @param strategy that proposed structures
   * @param seed of the search
   * @param protocol how structures were measured, in its canonical text
   * @param digests SHA-256 of the inputs
   */
  public record Made(
      String version,
      String network,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String architecture,
      String data,
      String strategy,
      long seed,
      String protocol,
      Map<String, String> digests) {

    /** Copies the digests. */
    public Made {
      // Reports of jobs whose network is of the zoo have none.
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
   * @param evaluationTime of a structure of the search; null if it is not known
   */
  public record Effort(
      long evaluations,
      long failures,
      long cacheHits,
      long cacheMisses,
      Map<String, Duration> time,
      @Nullable EvaluationTime evaluationTime) {

    /** Copies the times. */
    public Effort {
      time = Map.copyOf(time);
    }

    /** What a status knows, which is all but the time of an evaluation. */
    public Effort(
        long evaluations,
        long failures,
        long cacheHits,
        long cacheMisses,
        Map<String, Duration> time) {
      this(evaluations, failures, cacheHits, cacheMisses, time, null);
    }

    private Effort with(EvaluationTime known) {
      return new Effort(evaluations, failures, cacheHits, cacheMisses, time, known);
    }
  }

  /** The same report with the time that an evaluation took. */
  public JobReport with(EvaluationTime known) {
    Effort timed = effort.with(known);
    return new JobReport(
        id, made, timed, full, widest, hypervolume, front, confirmed, fineTuned, unpruned);
  }

  /** The confirmed structures, each once. */
  public List<Structure> structures() {
    return confirmed.stream()
        .map(one -> Structure.parse(one.structure().genes()))
        .distinct()
        .toList();
  }

  /** The same report with the fine-tuned structures. */
  public JobReport withFineTuned(
      Effort spent, List<FineTunedView> tuned, @Nullable UnprunedView before) {
    return new JobReport(
        id, made, spent, full, widest, hypervolume, front, confirmed, tuned, before);
  }

  /** The id of the best fine-tuned structure by the selection images; null if there is none. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public @Nullable String bestFineTuned() {
    return fineTuned.isEmpty() ? null : FineTunedView.best(fineTuned).structure().id();
  }

  /** The report as people read it. */
  public String text() {
    return new ReportText(this).text();
  }

  /** What the figures say, in a sentence. */
  public String verdict() {
    return new ReportText(this).verdict();
  }
}
