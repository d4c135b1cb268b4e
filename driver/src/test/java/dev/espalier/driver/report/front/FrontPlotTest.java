package dev.espalier.driver.report.front;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.report.front.FrontPlot.Mark;
import dev.espalier.driver.report.front.FrontPlot.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrontPlotTest {

  @Test
  void text_noPoints_isEmpty() {
    assertThat(plot()).isEmpty();
    assertThat(plot(new Point(Mark.UNPRUNED, 40_800_000, 0.9))).isEmpty();
  }

  @Test
  void text_onePoint_isInTheMiddle() {
    assertThat(plot(new Point(Mark.FRONT, 20_000_000, 0.6125)))
        .isEqualTo(
            """
            accuracy
                     |
                     |
                     |
                     |
                     |
              61.25% |                              o
                     |
                     |
                     |
                     |
                     |
                     |
                     +------------------------------------------------------------
                                               20.0M macs
                      o front
            """);
  }

  @Test
  void text_manyPoints_areBetweenTheLowestAndTheHighest() {
    assertThat(
            plot(
                new Point(Mark.FRONT, 20_000_000, 0.6),
                new Point(Mark.MEASURED, 20_000_000, 0.49),
                new Point(Mark.MEASURED, 18_000_000, 0.44),
                new Point(Mark.FRONT, 15_000_000, 0.55),
                new Point(Mark.FRONT, 10_000_000, 0.4)))
        .isEqualTo(
            """
            accuracy
              60.00% |                                                           o
                     |
                     |
                     |                              o
                     |
                     |
                     |                                                           .
                     |
                     |
                     |                                               .
                     |
              40.00% |o
                     +------------------------------------------------------------
                      10.0M                       macs                       20.0M
                      . measured   o front
            """);
  }

  @Test
  void text_pointsInTheSamePlace_showTheOneThatMattersMost() {
    Point measured = new Point(Mark.MEASURED, 10, 0.5);
    Point front = new Point(Mark.FRONT, 10, 0.5);
    Point unpruned = new Point(Mark.UNPRUNED, 10, 0.5);

    assertThat(plot(front, measured)).contains(" 50.00% |" + " ".repeat(30) + "o\n");
    assertThat(plot(unpruned, front, measured))
        .contains(" 50.00% |" + " ".repeat(30) + "#\n")
        .contains("10 macs")
        .endsWith(" . measured   o front   # unpruned\n");
  }

  @Test
  void text_equalAccuracies_areOneLine() {
    assertThat(plot(new Point(Mark.FRONT, 10, 0.5), new Point(Mark.MEASURED, 2000, 0.5)))
        .contains(" 50.00% |o" + " ".repeat(58) + ".\n")
        .containsOnlyOnce("%")
        .contains("  10 " + " ".repeat(22))
        .contains(" 2.00k\n");
  }

  @Test
  void text_unprunedNetwork_isDrawnIfItIsWithin() {
    Point low = new Point(Mark.FRONT, 10, 0.25);
    Point high = new Point(Mark.FRONT, 70, 0.75);

    assertThat(plot(low, high, new Point(Mark.UNPRUNED, 69, 0.5))).contains("# unpruned");
    assertThat(plot(low, high, new Point(Mark.UNPRUNED, 71, 0.5))).doesNotContain("#");
    assertThat(plot(low, high, new Point(Mark.UNPRUNED, 50, 0.76))).doesNotContain("#");
  }

  private static String plot(Point... points) {
    return new FrontPlot("macs", List.of(points)).text();
  }
}
