package dev.espalier.pruningnet.training;

/** Mean loss and speed of an epoch's steps. */
final class EpochMeter {

  private static final double NANOS_PER_SECOND = 1e9;

  private long images;
  private long nanos;
  private double losses;
  private int steps;

  /** Adds a step and gives its speed in images per second. */
  double add(int stepImages, long stepNanos, double loss) {
    images += stepImages;
    nanos += stepNanos;
    losses += loss;
    steps++;
    return stepImages * NANOS_PER_SECOND / stepNanos;
  }

  /** The epoch's report; the next step begins a new one. */
  TrainingListener.Epoch finish(int epoch, int epochs) {
    TrainingListener.Epoch report =
        new TrainingListener.Epoch(
            epoch, epochs, losses / steps, images * NANOS_PER_SECOND / nanos);
    images = 0;
    nanos = 0;
    losses = 0;
    steps = 0;
    return report;
  }
}
