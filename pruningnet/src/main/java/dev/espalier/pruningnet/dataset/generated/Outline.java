package dev.espalier.pruningnet.dataset.generated;

import java.util.Locale;

/** The classes of {@code shapes-32}: outlines that fit in the unit circle. */
@SuppressWarnings("ImmutableEnumChecker") // a Polygon is immutable, though it holds arrays
enum Outline {
  DISC {
    @Override
    double distance(double x, double y) {
      return circle(x, y, 0.9);
    }
  },
  RING {
    @Override
    double distance(double x, double y) {
      return Math.max(circle(x, y, 0.95), -circle(x, y, 0.5));
    }
  },
  HALF_DISC {
    @Override
    double distance(double x, double y) {
      return Math.max(circle(x, y - 0.4, 1), y - 0.4);
    }
  },
  CRESCENT {
    @Override
    double distance(double x, double y) {
      return Math.max(circle(x, y, 0.95), -circle(x - 0.45, y, 0.75));
    }
  },
  TRIANGLE(Polygon.star(3, 1, 1)),
  SQUARE(Polygon.star(4, 1, 1)),
  PENTAGON(Polygon.star(5, 1, 1)),
  STAR(Polygon.star(10, 1, 0.45)),
  CROSS(
      Polygon.of(
          -0.3, -0.95, 0.3, -0.95, 0.3, -0.3, 0.95, -0.3, 0.95, 0.3, 0.3, 0.3, 0.3, 0.95, -0.3,
          0.95, -0.3, 0.3, -0.95, 0.3, -0.95, -0.3, -0.3, -0.3)),
  ARROW(Polygon.of(0, -1, 0.8, -0.1, 0.3, -0.1, 0.3, 0.9, -0.3, 0.9, -0.3, -0.1, -0.8, -0.1));

  private final Polygon polygon;

  Outline() {
    this(Polygon.of());
  }

  Outline(Polygon polygon) {
    this.polygon = polygon;
  }

  /** The distance of a point from the outline, negative inside; near the outline exact. */
  double distance(double x, double y) {
    return polygon.distance(x, y);
  }

  /** The class's name, e.g. {@code half-disc}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static double circle(double x, double y, double radius) {
    return Math.sqrt(x * x + y * y) - radius;
  }
}
