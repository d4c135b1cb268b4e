package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CostsTest {

  /** Of 1,000 weights: 4,000 bytes as they are, 125 bytes for a bit each. */
  @Test
  void saved_anyShare_isThatOfTheSmallestFormat() {
    assertThat(Costs.saved(1000, 1000)).as("all are kept: as they are").isZero();
    assertThat(Costs.saved(1000, 969)).as("the bits cost more than they save").isZero();
    assertThat(Costs.saved(1000, 968)).isEqualTo(4000 - (4 * 968 + 125));
    assertThat(Costs.saved(1000, 100)).isEqualTo(4000 - (4 * 100 + 125));
    assertThat(Costs.saved(1000, 10)).as("positions").isEqualTo(4000 - 8 * 10);
  }
}
