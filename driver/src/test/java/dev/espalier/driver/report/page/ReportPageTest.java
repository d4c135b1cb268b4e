package dev.espalier.driver.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportPageTest {

  @Test
  void html_needsNothingElse() {
    String html = Pages.done(20).html();

    assertThat(html).doesNotContainPattern("(?i)<(link|img|iframe)\\b|<script[^>]* src|@import");
    assertThat(html).contains("Chart.js v4");
  }

  @Test
  void html_structures_areInTheTableWithoutTheScript() {
    ReportPage page = Pages.done(20);

    String table = page.html().split("<script type=\"application/json\"")[0];

    assertThat(page.front()).hasSize(5);
    page.front()
        .forEach(
            trial ->
                assertThat(table)
                    .contains("data-id=\"%s\"".formatted(trial.structure().id()))
                    .contains(trial.selection().interval()));
    assertThat(table).contains("It is better.", "On images that chose nothing");
    assertThat(table).containsPattern("After training by themselves(?s).*unpruned(?s).*<td>3</td>");
    assertThat(table)
        .contains(
            page.fineTuned().get(0).structure().id() + " is best on the selection images",
            "points against the unpruned network");
  }

  @Test
  void html_wordsThatLookLikeMarkup_stayWords() {
    ReportPage page = Pages.done(8);
    String id = "</script><script>alert(1)</script>";
    PageData data = page.data();
    ReportPage hostile =
        new ReportPage(
            "<b>&\"x",
            page.summary(),
            "",
            page.front(),
            page.confirmed(),
            page.fineTuned(),
            page.unpruned(),
            page.effort(),
            page.provenance(),
            new PageData(data.metric(), data.points(), data.course(), data.widths(), id, id));

    assertThat(hostile.html())
        .doesNotContain("alert(1)</script>", "<b>")
        .contains("&lt;b&gt;&amp;&quot;x", "\\u003c/script>\\u003cscript>alert(1)");
  }

  @Test
  void html_nothingMeasuredYet_saysSo() {
    assertThat(Pages.empty("new-1").html())
        .contains("No structure is measured yet.")
        .doesNotContain("On images that chose nothing", "After training by themselves");
  }
}
