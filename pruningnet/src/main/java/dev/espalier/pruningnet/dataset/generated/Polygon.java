package dev.espalier.pruningnet.dataset.generated;

/** A closed line of corners that does not cross itself. Immutable. */
final class Polygon {

  private final double[] x;
  private final double[] y;

  private Polygon(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** A polygon from alternating coordinates: x0, y0, x1, y1, ... */
  static Polygon of(double... coordinates) {
    double[] x = new double[coordinates.length / 2];
    double[] y = new double[coordinates.length / 2];
    for (int i = 0; i < x.length; i++) {
      x[i] = coordinates[2 * i];
      y[i] = coordinates[2 * i + 1];
    }
    return new Polygon(x, y);
  }

  /** Corners at equal angles around the origin, whose distances from it alternate. */
  static Polygon star(int corners, double even, double odd) {
    double[] x = new double[corners];
    double[] y = new double[corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * StrictMath.PI * i / corners;
      double radius = i % 2 == 0 ? even : odd;
      x[i] = radius * StrictMath.sin(angle);
      y[i] = -radius * StrictMath.cos(angle);
    }
    return new Polygon(x, y);
  }

  /** The distance of a point from the line, negative inside (even-odd rule). */
  double distance(double px, double py) {
    double nearest = Double.POSITIVE_INFINITY;
    boolean inside = false;
    for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
      double edgeX = x[j] - x[i];
      double edgeY = y[j] - y[i];
      double toX = px - x[i];
      double toY = py - y[i];
      double along = (toX * edgeX + toY * edgeY) / (edgeX * edgeX + edgeY * edgeY);
      double t = Math.min(1, Math.max(0, along));
      double offX = toX - t * edgeX;
      double offY = toY - t * edgeY;
      nearest = Math.min(nearest, offX * offX + offY * offY);
      if ((y[i] > py) != (y[j] > py) && px < x[i] + edgeX * toY / edgeY) {
        inside = !inside;
      }
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  }
}
