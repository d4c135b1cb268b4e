package dev.espalier.pruningnet.dataset.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PolygonTest {

  @Test
  void distance_ofASquare_isKnownEverywhere() {
    Polygon square = Polygon.of(-1, -1, 1, -1, 1, 1, -1, 1);
    assertThat(square.distance(0, 0)).isEqualTo(-1);
    assertThat(square.distance(0.75, 0.25)).isEqualTo(-0.25);
    assertThat(square.distance(3, 0.5)).isEqualTo(2);
    assertThat(square.distance(4, 5)).isEqualTo(5);
    assertThat(square.distance(1, 0)).isZero();
  }

  @Test
  void distance_inTheNotchOfAnArrow_isOutside() {
    Polygon notched = Polygon.of(-1, -1, 0, 0, 1, -1, 1, 1, -1, 1);
    assertThat(notched.distance(0, -0.5)).isCloseTo(Math.sqrt(0.125), within(1e-12));
    assertThat(notched.distance(0, 0.5)).isEqualTo(-0.5);
  }

  @Property(tries = 200)
  void distance_ofARegularPolygon_equalsTheNearestOfManyPointsOnIt(
      @ForAll @IntRange(min = 3, max = 8) int corners,
      @ForAll @DoubleRange(min = -2, max = 2) double x,
      @ForAll @DoubleRange(min = -2, max = 2) double y) {
    Polygon polygon = Polygon.star(corners, 1, 1);
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < corners; i++) {
      double from = 2 * Math.PI * i / corners;
      double to = 2 * Math.PI * (i + 1) / corners;
      for (int step = 0; step <= 1000; step++) {
        double t = step / 1000.0;
        double onX = (1 - t) * Math.sin(from) + t * Math.sin(to);
        double onY = -(1 - t) * Math.cos(from) - t * Math.cos(to);
        nearest = Math.min(nearest, Math.hypot(x - onX, y - onY));
      }
    }
    assertThat(Math.abs(polygon.distance(x, y))).isCloseTo(nearest, within(2e-3));
  }
}
