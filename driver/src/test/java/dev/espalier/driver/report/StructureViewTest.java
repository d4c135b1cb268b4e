package dev.espalier.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.report.text.Table;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.Structure;
import org.junit.jupiter.api.Test;

class StructureViewTest {

  private static final Costs FULL = new Costs(1000, 100, 400, 400);

  @Test
  void row_structureThatRoundsToNothing_hasTheColumnsOfTheOthers() {
    Costs full = FULL.withEnergy(1000).withLatency(2_000_000);
    StructureView wide = view(full, full);
    StructureView narrow = view(FULL.withEnergy(0).withLatency(0), full);

    String table =
        Table.of(wide.headings("id")).row(wide.row("wide")).row(narrow.row("narrow")).toString();

    assertThat(table.lines())
        .containsExactly(
            "id       latency  energy", "wide    2.000 ms   1.00k", "narrow  0.000 ms       0");
  }

  @Test
  void row_nothingKnownOfTheDevice_hasNoColumnOfIt() {
    assertThat(view(FULL, FULL).headings("id")).containsExactly("id");
    assertThat(view(FULL, FULL).row("wide")).containsExactly("wide");
  }

  private static StructureView view(Costs costs, Costs full) {
    return StructureView.of(Structure.of(new int[] {1, 2}), costs, full);
  }
}
