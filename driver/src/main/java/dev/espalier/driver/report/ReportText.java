package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Words;
import dev.espalier.search.report.Contender.Role;
import dev.espalier.search.report.Difference;
import java.util.Optional;

/**
 * A report as people read it, as far as the job went.
 *
 * @param report what the job found
 */
record ReportText(JobReport report) {

  String text() {
    return report.widest() == null ? unsearched() : searched() + fineTuned();
  }

  private String unsearched() {
    return "%s over %s: %s MACs, %s parameters%n%s%s%n%s"
        .formatted(
            report.made().network(),
            report.made().data(),
            Words.count(report.full().macs()),
            Words.count(report.full().parameters()),
            line("Architecture", report.made().architecture()),
            line("PruningNet", report.made().digests().getOrDefault("pruningNet", "")),
            verdict());
  }

  private static String line(String name, String value) {
    return value.isEmpty() ? "" : "%s: %s%n".formatted(name, value);
  }

  private String searched() {
    return "%s of %s over %s: %d structures measured, %d failed, %d cache hits%n%n%s%n%s"
        .formatted(
            report.made().strategy(),
            report.made().network(),
            report.made().data(),
            report.effort().evaluations(),
            report.effort().failures(),
            report.effort().cacheHits(),
            report.confirmed().isEmpty()
                ? TrialView.table(report.front())
                : ConfirmedView.table(report.confirmed()),
            verdict());
  }

  private String fineTuned() {
    return report.fineTuned().isEmpty()
        ? ""
        : "%nAfter %d epochs of training by themselves, from generated weights:%n%n%s"
            .formatted(
                report.fineTuned().get(0).epochs(),
                FineTunedView.text(report.unpruned(), report.fineTuned()));
  }

  /** What the figures say, in a sentence. */
  String verdict() {
    if (report.widest() == null) {
      return "Nothing was searched.%n".formatted();
    }
    if (report.front().isEmpty()) {
      return "No structure could be measured.%n".formatted();
    }
    Optional<ConfirmedView> winner = first(Role.SEARCHED);
    if (winner.isEmpty()) {
      return "Nothing was confirmed: these figures are of the images that chose the structures.%n"
          .formatted();
    }
    ScoreView score = winner.get().confirmation();
    return "%s has %s on %d images that never chose a structure: %s; %s.%n"
        .formatted(
            winner.get().structure().id(),
            score,
            score.images(),
            against("uniform width", score, first(Role.UNIFORM)),
            against("the best of random", score, first(Role.RANDOM)));
  }

  private static String against(String name, ScoreView mine, Optional<ConfirmedView> baseline) {
    if (baseline.isEmpty()) {
      return name + " was not measured";
    }
    Difference difference =
        Difference.independent(mine.scored(), baseline.get().confirmation().scored());
    return "%s points against %s%s"
        .formatted(
            Words.points(difference), name, difference.certain() ? "" : ", which may be chance");
  }

  private Optional<ConfirmedView> first(Role role) {
    return ConfirmedView.first(role, report.confirmed());
  }
}
