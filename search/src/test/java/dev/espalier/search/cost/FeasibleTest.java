package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.ConstraintSpec;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeasibleTest {

  private final RandomGenerator random = new RandomStreams(7).stream("feasible", 0);

  @ParameterizedTest
  @CsvSource({
    "resnet20, 49.5%, 50%",
    "resnet20, 15%, 15.5%",
    "resnet20, 90%, 90.5%",
    "mobilenetv2, 49.5%, 50%",
    "mobilenetv2, 25%, 25.2%",
    "densenet40, 49.9%, 50%",
    "vgg16, 5%, 5.5%",
  })
  void sample_narrowBand_findsManyDifferentStructures(String name, String min, String max) {
    SearchSpace space = space(name);
    CostModel model = FormulaCosts.of(space, 1);
    Constraints band = constraints(space, model, new ConstraintSpec("macs", min, max));

    List<Structure> found =
        IntStream.range(0, 200)
            .mapToObj(i -> Feasible.sample(space, model, band, random).orElseThrow())
            .toList();

    assertThat(found).allMatch(structure -> band.allows(model.costs(structure)));
    assertThat(new HashSet<>(found)).hasSizeGreaterThan(195);
  }

  @Test
  void sample_halfTheMacs_usesMostRatiosOfEveryGene() {
    SearchSpace space = space("resnet20");
    CostModel model = FormulaCosts.of(space, 1);
    Constraints band = constraints(space, model, new ConstraintSpec("macs", "49.5%", "50%"));
    List<Set<Integer>> seen =
        IntStream.range(0, space.genes().size())
            .<Set<Integer>>mapToObj(i -> new HashSet<>())
            .toList();

    for (int i = 0; i < 500; i++) {
      Structure structure = Feasible.sample(space, model, band, random).orElseThrow();
      for (int gene = 0; gene < structure.length(); gene++) {
        seen.get(gene).add(structure.gene(gene));
      }
    }

    assertThat(seen).allMatch(ratios -> ratios.size() >= 25);
  }

  @Test
  void sample_severalConstraints_meetsAll() {
    SearchSpace space = space("mobilenetv2");
    CostModel model = FormulaCosts.of(space, 50);
    Constraints all =
        constraints(
            space,
            model,
            new ConstraintSpec("macs", "40%", "42%"),
            new ConstraintSpec("parameters", "30%", "32%"),
            new ConstraintSpec("activationBytes", null, "60%"));

    for (int i = 0; i < 50; i++) {
      Structure structure = Feasible.sample(space, model, all, random).orElseThrow();
      assertThat(all.violations(model.costs(structure))).isEmpty();
    }
  }

  @Test
  void sample_noConstraint_isTheUniformDraw() {
    SearchSpace space = space("resnet20");

    assertThat(Feasible.sample(space, FormulaCosts.of(space, 1), Constraints.NONE, random))
        .hasValue(space.random(new RandomStreams(7).stream("feasible", 0)));
  }

  @Test
  void sample_oneSeed_givesTheSameStructure() {
    SearchSpace space = space("resnet20");
    CostModel model = FormulaCosts.of(space, 1);
    Constraints band = constraints(space, model, new ConstraintSpec("macs", "20%", "21%"));

    assertThat(Feasible.sample(space, model, band, random))
        .isEqualTo(Feasible.sample(space, model, band, new RandomStreams(7).stream("feasible", 0)))
        .isPresent();
  }

  @Test
  void sample_constraintsThatExcludeEachOther_endsEmpty() {
    SearchSpace space = space("resnet20");
    CostModel model = FormulaCosts.of(space, 1);
    Constraints impossible =
        constraints(
            space,
            model,
            new ConstraintSpec("macs", "95%", null),
            new ConstraintSpec("parameters", null, "20%"));

    assertThat(Feasible.sample(space, model, impossible, random)).isEmpty();
    assertThatThrownBy(() -> Feasible.check(space, model, impossible, random))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "constraints: found no structure of resnet20 that meets all of [macs at least"
                + " 38,772,525, parameters at most 54,494]. Maybe widen one of them.");
  }

  @Test
  void check_constraintsWithRoom_pass() {
    SearchSpace space = space("resnet20");
    CostModel model = FormulaCosts.of(space, 1);
    Constraints half = constraints(space, model, new ConstraintSpec("macs", "45%", "50%"));

    assertThatCode(() -> Feasible.check(space, model, half, random)).doesNotThrowAnyException();
  }

  @Test
  void check_constraintOutOfReach_namesTheRange() {
    SearchSpace space = space("resnet20");
    Constraints tiny = Constraints.of(Constraint.atMost(Metric.MACS, 1));

    assertThatThrownBy(() -> Feasible.check(space, FormulaCosts.of(space, 1), tiny, random))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("out of reach, expected a bound between 309,564");
  }

  @Test
  void repair_structureInside_isLeftAlone() {
    SearchSpace space = space("resnet20");
    CostModel model = FormulaCosts.of(space, 1);
    Structure inside = space.uniform(10);
    Constraints most = constraints(space, model, new ConstraintSpec("macs", null, "50%"));

    assertThat(Feasible.repair(inside, space, model, most, random)).hasValue(inside);
  }

  @Test
  void repair_structureOutside_changesFewGenes() {
    SearchSpace space = space("resnet20");
    CostModel model = FormulaCosts.of(space, 1);
    Constraints most = constraints(space, model, new ConstraintSpec("macs", null, "95%"));

    Structure repaired = Feasible.repair(space.widest(), space, model, most, random).orElseThrow();

    long changed =
        IntStream.range(0, repaired.length()).filter(gene -> repaired.gene(gene) < 30).count();
    assertThat(changed).isBetween(1L, 4L);
    assertThat(most.allows(model.costs(repaired))).isTrue();
  }

  private static SearchSpace space(String name) {
    return SearchSpace.of(Zoo.network(name, new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
  }

  private static Constraints constraints(
      SearchSpace space, CostModel model, ConstraintSpec... specs) {
    return Constraints.from(List.of(specs), model.costs(space.widest()));
  }
}
