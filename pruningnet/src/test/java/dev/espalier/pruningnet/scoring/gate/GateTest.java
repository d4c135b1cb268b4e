package dev.espalier.pruningnet.scoring.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.TinyProblem;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

  @TempDir Path folder;

  @Test
  void check_ofATrainedPruningNet_isFine() {
    PackedDataset data = TinyProblem.images(folder);
    Splits splits = TinyProblem.splits(data);
    try (PruningNet net = TinyProblem.trained(data, splits)) {
      GateReport report = check(net, data, splits);
      assertThat(report.verdict()).as(report.text()).isEqualTo(GateReport.Verdict.FINE);
      assertThat(report.random()).hasSize(3);
      assertThat(report.widest().images()).isEqualTo(60);
    }
  }

  @Test
  void check_ofAnUntrainedPruningNet_isNearChance() {
    PackedDataset data = TinyProblem.images(folder);
    Splits splits = TinyProblem.splits(data);
    try (PruningNet net = PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(2))) {
      GateReport report = check(net, data, splits);
      assertThat(report.verdict()).as(report.text()).isEqualTo(GateReport.Verdict.NEAR_CHANCE);
    }
  }

  @ParameterizedTest
  @CsvSource({"2,0.55", "4,0.325", "10,0.15", "100,0.015", "1000,0.0015"})
  void required_ofSomeClasses_isHalfAboveChanceOrATenthOfTheWay(int classes, double required) {
    GateReport report = report(classes, 100, 100);
    assertThat(report.required()).isCloseTo(required, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({
    // The lower end of the interval of 190 of 1000 is 16.7%, that of 165 is 14.3%.
    "190,190,FINE",
    "165,500,NEAR_CHANCE",
    "500,165,NEAR_CHANCE"
  })
  void verdict_ofTenClasses_needsBothIntervalsAboveChance(
      int widest, int random, GateReport.Verdict verdict) {
    assertThat(report(10, widest, random).verdict()).isEqualTo(verdict);
  }

  @Test
  void verdict_ofScoresThatAreNoNumbers_isNearChance() {
    GateReport report =
        new GateReport(10, new ShardScore(900, 1000, 1), List.of(new ShardScore(900, 1000, 0)));
    assertThat(report.verdict()).isEqualTo(GateReport.Verdict.NEAR_CHANCE);
    assertThat(report.text()).contains("of which 1 are no numbers");
  }

  @Test
  void text_ofAReport_hasAllFigures() {
    assertThat(report(10, 400, 300).text())
        .isEqualTo(
            "accuracy after recalibration: widest 40.0% (37.0% to 43.1%, 1000 images), 1 random"
                + " structures 30.0% (27.2% to 32.9%, 1000 images); chance 10.0%, required above"
                + " 15.0%");
  }

  private static GateReport check(PruningNet net, PackedDataset data, Splits splits) {
    try (StructureScorer scorer = StructureScorer.of(net, data, splits, TinyProblem.protocol())) {
      return Gate.check(scorer, 3, new RandomStreams(4));
    }
  }

  private static GateReport report(int classes, int widest, int random) {
    return new GateReport(
        classes, new ShardScore(widest, 1000, 0), List.of(new ShardScore(random, 1000, 0)));
  }
}
