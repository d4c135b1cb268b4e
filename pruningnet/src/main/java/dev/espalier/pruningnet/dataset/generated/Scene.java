package dev.espalier.pruningnet.dataset.generated;

import static dev.espalier.pruningnet.dataset.generated.Paint.between;

import java.util.random.RandomGenerator;

/**
 * One image of {@code shapes-32}: a patterned outline of any direction, size, stretch and place on
 * a patterned ground, with strokes behind and in front of it, in changing light, with noise.
 * Colours and patterns tell nothing of the class. How hard all that is differs from image to image:
 * the easy ones are learned within a few epochs, the hard ones by large networks only.
 */
final class Scene {

  private final int side;
  private final RandomGenerator random;

  /** From 0, easy, to 1, hard. */
  private final double difficulty;

  private Scene(int side, RandomGenerator random) {
    this.side = side;
    this.random = random;
    this.difficulty = random.nextDouble();
  }

  /** The bytes of an image of a class, 3 x side x side. */
  static byte[] draw(Outline outline, int side, RandomGenerator random) {
    return new Scene(side, random).draw(outline);
  }

  private byte[] draw(Outline outline) {
    double[] ground = colour();
    double[] figure = contrasting(ground);
    double spread = harder(0.05, 0.22);
    Canvas canvas = new Canvas(side);
    canvas.paint((x, y) -> -1, Paint.around(ground, spread, random));
    strokes(canvas);
    canvas.paint(placed(outline), Paint.around(figure, spread, random));
    strokes(canvas);
    return canvas.expose(between(random, 0.7, 1.2), harder(0.005, 0.1), random);
  }

  private double harder(double easy, double hard) {
    return easy + difficulty * (hard - easy);
  }

  private void strokes(Canvas canvas) {
    int count = (int) (harder(0.5, 4) * random.nextDouble());
    for (int i = 0; i < count; i++) {
      canvas.paint(stroke(), Paint.around(colour(), 0.1, random));
    }
  }

  /** The outline, turned, stretched, scaled and moved. */
  private Canvas.Region placed(Outline outline) {
    double angle = StrictMath.PI * harder(0.1, 1) * between(random, -1, 1);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double radius = side * between(random, harder(0.32, 0.22), 0.44);
    double longest = harder(1.05, 1.3);
    double stretch = between(random, 1 / longest, longest);
    double away = harder(0.04, 0.12);
    double centreX = side * between(random, 0.5 - away, 0.5 + away);
    double centreY = side * between(random, 0.5 - away, 0.5 + away);
    return (x, y) -> {
      double right = (x - centreX) / radius;
      double down = (y - centreY) / radius;
      double across = (cos * right + sin * down) * stretch;
      double along = (cos * down - sin * right) / stretch;
      return outline.distance(across, along) * radius;
    };
  }

  /** A thick line from one random point to another. */
  private Canvas.Region stroke() {
    double fromX = side * random.nextDouble();
    double fromY = side * random.nextDouble();
    double angle = 2 * StrictMath.PI * random.nextDouble();
    double length = side * between(random, 0.1, 0.5);
    double edgeX = length * StrictMath.cos(angle);
    double edgeY = length * StrictMath.sin(angle);
    double half = between(random, 0.5, 1.8);
    return (x, y) -> {
      double toX = x - fromX;
      double toY = y - fromY;
      double t = Math.min(1, Math.max(0, (toX * edgeX + toY * edgeY) / (length * length)));
      double offX = toX - t * edgeX;
      double offY = toY - t * edgeY;
      return Math.sqrt(offX * offX + offY * offY) - half;
    };
  }

  private double[] contrasting(double[] other) {
    double least = harder(0.45, 0.2);
    double[] colour = colour();
    while (contrast(colour, other) < least) {
      colour = colour();
    }
    return colour;
  }

  /** Difference in brightness, by the channels' mean. */
  private static double contrast(double[] one, double[] other) {
    double difference = 0;
    for (int i = 0; i < one.length; i++) {
      difference += (one[i] - other[i]) / one.length;
    }
    return Math.abs(difference);
  }

  private double[] colour() {
    return new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()};
  }
}
