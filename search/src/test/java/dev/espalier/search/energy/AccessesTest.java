package dev.espalier.search.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.cost.FormulaCosts;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import org.junit.jupiter.api.Test;

class AccessesTest {

  private static final Coefficients EACH = new Coefficients("pJ", 2, 3, 5, 7, 11);

  @Test
  void of_convolution_isAsCountedByHand() {
    NetworkBuilder net = new NetworkBuilder("net", new Shape(2, 4, 6));
    net.conv("conv", 0, 5, 3, 2);

    // 5 maps of 2 x 3; 5 x 2 x 9 = 90 weights, 48 values read, 30 written; 90 x 6 = 540 MACs.
    assertThat(Accesses.of(net.build()))
        .isEqualTo(
            new Accesses(540, 2160, 90 * 2 + (48 + 30) * 3, 2 * (90 + 48 + 30), 90 + 48 + 30));
  }

  @Test
  void of_linearAndWhatIsOnTheWay_countsTheLinearLayer() {
    NetworkBuilder net = new NetworkBuilder("net", new Shape(8, 4, 4));
    net.linear("linear", net.globalAveragePool("pool", 0), 10);

    assertThat(Accesses.of(net.build())).isEqualTo(new Accesses(80, 320, 80 + 18, 196, 98));
  }

  @Test
  void energy_coefficients_weighEachLevel() {
    assertThat(new Accesses(1, 10, 100, 1000, 10000).energy(EACH))
        .isEqualTo(2 + 30 + 500 + 7000 + 110000);
  }

  @Test
  void costs_structure_areThoseOfItsNetworkAndLeaveOthersAlone() {
    SearchSpace space =
        SearchSpace.of(Zoo.network("resnet20", new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
    FormulaCosts others = FormulaCosts.of(space, 1);
    EnergyCosts costs = new EnergyCosts(others, space, Coefficients.EYERISS);

    long energy =
        Math.round(Accesses.of(space.apply(space.uniform(7))).energy(Coefficients.EYERISS));
    assertThat(costs.costs(space.uniform(7)))
        .isEqualTo(others.costs(space.uniform(7)).withEnergy(energy));
    assertThat(costs.costs(space.widest()).energy()).isGreaterThan(energy);
  }

  @Test
  void of_unitThatCountsTooFewOrTooMany_isRefusedNamingTheWayOut() {
    SearchSpace space =
        SearchSpace.of(Zoo.network("resnet20", new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
    FormulaCosts others = FormulaCosts.of(space, 1);

    assertThat(EnergyCosts.of(others, space, EACH).costs(space.narrowest()).energy()).isPositive();
    assertThatThrownBy(
            () -> EnergyCosts.of(others, space, new Coefficients("J", 1e-12, 0, 0, 0, 2e-10)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("device.energy: the unpruned network takes 0.000")
        .hasMessageContaining(" J, expected 1,000 to 10^15")
        .hasMessageContaining("in a smaller unit?");
    assertThatThrownBy(
            () -> EnergyCosts.of(others, space, new Coefficients("aJ", 1e12, 0, 0, 0, 1e300)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("in a larger unit?");
  }

  @Test
  void parse_whatWasWritten_isTheSame() {
    assertThat(Coefficients.parse(EACH.text(), "chip.tsv")).isEqualTo(EACH);
    assertThat(Coefficients.parse(Coefficients.EYERISS.text(), "chip.tsv"))
        .isEqualTo(Coefficients.EYERISS);
  }

  @Test
  void parse_anythingElse_isRefusedNamingLineAndExpected() {
    String text = EACH.text();
    assertRefused("", "chip.tsv:1: found '', expected # espalier energy coefficients 1");
    assertRefused(
        text.replace("buffer", "cache"), "chip.tsv:6: found 'cache\t7.0', expected buffer");
    assertRefused(
        text.replace("7.0", "-7"), "chip.tsv:6: found 'buffer\t-7', expected buffer, a tab");
    assertRefused(text.replace("7.0", "much"), "a number of at least 0");
    assertRefused(text.replace("\t11.0", "\tNaN"), "a number of at least 0");
    assertRefused(text.lines().limit(6).toList().toString(), "chip.tsv:1");
    assertRefused(text + "more\t1\n", "found '8 lines', expected 7 lines");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> Coefficients.parse(text, "chip.tsv"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }
}
