package dev.espalier.driver.report.page;

import dev.espalier.driver.report.ConfirmedView;
import dev.espalier.driver.report.FineTunedRow;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.TrialView;
import dev.espalier.driver.report.UnprunedView;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.file.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job on a page.
 *
 * @param job its id
 * @param summary what it is and how far it is, in a sentence
 * @param verdict what its confirmed figures say; empty as long as there are none
 * @param front the structures that no other dominates, most accurate first
 * @param confirmed the best and the baselines on images that chose nothing; may be empty
 * @param fineTuned the same after training by themselves; may be empty
 * @param unpruned what the unpruned network is worth, before; null if it is not known
 * @param effort what it took
 * @param provenance what it was made from
 * @param data of the pictures
 */
public record ReportPage(
    String job,
    String summary,
    String verdict,
    List<TrialView> front,
    List<ConfirmedView> confirmed,
    List<FineTunedView> fineTuned,
    @Nullable UnprunedView unpruned,
    List<Fact> effort,
    List<Fact> provenance,
    PageData data) {

  private static final String STYLE = "page.css";
  private static final String SCRIPT = "page.js";

  /** Copies the lists. */
  public ReportPage {
    front = List.copyOf(front);
    confirmed = List.copyOf(confirmed);
    fineTuned = List.copyOf(fineTuned);
    effort = List.copyOf(effort);
    provenance = List.copyOf(provenance);
  }

  /** The page: one file that refers to no other. */
  public String html() {
    return PageParts.fill(
        "page.html",
        Map.ofEntries(
            Map.entry("job", job),
            Map.entry("summary", summary),
            Map.entry("verdict", verdict),
            Map.entry("metric", data.metric()),
            Map.entry("frontDevice", headings(front.stream().map(TrialView::structure))),
            Map.entry(
                "confirmedDevice", headings(confirmed.stream().map(ConfirmedView::structure))),
            Map.entry("front", front.stream().map(ReportPage::row).toList()),
            Map.entry("confirmed", confirmed.stream().map(ReportPage::row).toList()),
            Map.entry("fineTuned", FineTunedRow.of(unpruned, fineTuned)),
            Map.entry(
                "best",
                fineTuned.isEmpty() ? "" : FineTunedView.verdict(unpruned, fineTuned).strip()),
            Map.entry("effort", effort),
            Map.entry("provenance", provenance),
            Map.entry("style", PageParts.own(STYLE)),
            Map.entry("charts", PageParts.charts()),
            Map.entry("script", PageParts.own(SCRIPT)),
            Map.entry("data", inScript(Json.line(data)))));
  }

  /** What a browser may do with a page that is served. */
  public static String policy() {
    return ContentPolicy.of(
        List.of(PageParts.own(STYLE)), List.of(PageParts.charts(), PageParts.own(SCRIPT)));
  }

  private static List<String> headings(Stream<StructureView> structures) {
    return structures
        .findFirst()
        .map(structure -> structure.headings().stream().map(name -> name.substring(1)).toList())
        .orElse(List.of());
  }

  private static Map<String, Object> row(TrialView trial) {
    return Map.of(
        "device", trial.structure().row(),
        "id", trial.structure().id(),
        "accuracy", Words.percent(trial.selection().accuracy()),
        "interval", trial.selection().interval(),
        "macs", Words.count(trial.structure().macs()),
        "share", Words.percent(trial.structure().macsShare()),
        "parameters", Words.count(trial.structure().parameters()));
  }

  private static Map<String, Object> row(ConfirmedView one) {
    return Map.of(
        "device", one.structure().row(),
        "role", ConfirmedView.name(one.role()),
        "id", one.structure().id(),
        "macs", Words.count(one.structure().macs()),
        "share", Words.percent(one.structure().macsShare()),
        "selection", Words.percent(one.selection().accuracy()),
        "confirmation", Words.percent(one.confirmation().accuracy()),
        "interval", one.confirmation().interval(),
        "test", Words.percent(one.test().accuracy()));
  }

  /** JSON that cannot end the script element that it stands in. */
  private static String inScript(String json) {
    return json.replace("<", "\\u003c");
  }
}
