package dev.espalier.bench.comparison;

import dev.espalier.pruningnet.differentiable.ArchitectureListener;
import java.util.Locale;

/**
 * Tells on standard error how a training or a search gets on.
 *
 * @param what is trained
 */
record Told(String what) implements ArchitectureListener {

  @Override
  public void epoch(Epoch epoch) {
    System.err.println(
        String.format(
            Locale.ROOT,
            "%s: epoch %d of %d, loss %.3f, %.0f images/s",
            what,
            epoch.epoch() + 1,
            epoch.epochs(),
            epoch.loss(),
            epoch.imagesPerSecond()));
  }

  @Override
  public void decided(Decision decision) {
    System.err.printf("%s: %s: %s%n", what, decision.phase(), decision.architecture().text());
  }
}
