package dev.espalier.driver.report.front;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fronts of jobs against each other.
 *
 * @param metric the cost of the levels, by its name in job files
 * @param fronts one for each job
 * @param levels from the cheapest to the dearest
 */
public record FrontsView(String metric, List<FrontView> fronts, List<LevelView> levels) {

  /** Copies the lists. */
  public FrontsView {
    fronts = List.copyOf(fronts);
    levels = List.copyOf(levels);
  }

  /** Both tables. */
  public String text() {
    return "%s%nAccuracy on the selection images, with the 95%% interval, at the same cost:%n%s"
        .formatted(frontTable(), levelTable());
  }

  private Table frontTable() {
    Table table = Table.of("job", "network", ">structures", ">hypervolume", ">reached by others");
    for (FrontView front : fronts) {
      table.row(
          front.job(),
          front.network(),
          front.structures(),
          "%.4f".formatted(front.hypervolume()),
          Words.percent(front.covered()));
    }
    return table;
  }

  private Table levelTable() {
    List<String> jobs = fronts.stream().map(FrontView::job).toList();
    Table table =
        Table.of(
            Stream.concat(Stream.of(">%s up to".formatted(metric)), jobs.stream())
                .toArray(String[]::new));
    for (LevelView level : levels) {
      List<Object> row = new ArrayList<>(List.of(Words.count(level.most())));
      for (String job : jobs) {
        row.add(level.best().containsKey(job) ? level.best().get(job).selection() : "none");
      }
      table.row(row.toArray());
    }
    return table;
  }
}
