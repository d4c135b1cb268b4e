package dev.espalier.pruningnet.dataset.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutlineTest {

  @ParameterizedTest
  @EnumSource(Outline.class)
  void distance_fitsTheUnitCircleAndFillsAFairPartOfIt(Outline outline) {
    int inside = 0;
    int total = 0;
    for (double y = -1.2; y <= 1.2; y += 0.02) {
      for (double x = -1.2; x <= 1.2; x += 0.02) {
        if (outline.distance(x, y) < 0) {
          assertThat(Math.hypot(x, y)).isLessThan(1.1);
          inside++;
        }
        total++;
      }
    }
    assertThat((double) inside / total).isBetween(0.15, 0.5);
  }

  @ParameterizedTest
  @EnumSource(Outline.class)
  void distance_neverGrowsFasterThanTheWay(Outline outline) {
    double step = 0.05;
    for (double y = -1.5; y <= 1.5; y += step) {
      for (double x = -1.5; x <= 1.5; x += step) {
        double change = outline.distance(x + step, y) - outline.distance(x, y);
        assertThat(Math.abs(change)).isLessThanOrEqualTo(step + 1e-9);
      }
    }
  }

  @Test
  void label_ofEveryClass_isDistinctAndPlain() {
    Set<String> labels = new HashSet<>();
    for (Outline outline : Outline.values()) {
      assertThat(outline.label()).matches("[a-z-]+");
      labels.add(outline.label());
    }
    assertThat(labels).hasSize(10).contains("half-disc");
  }
}
