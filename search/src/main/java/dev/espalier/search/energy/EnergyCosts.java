package dev.espalier.search.energy;

import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Locale;

/**
 * Costs with energy, rounded to whole units. Thread-safe.
 *
 * @param others prices everything else
 * @param space of the structures
 * @param coefficients of the device
 */
public record EnergyCosts(CostModel others, SearchSpace space, Coefficients coefficients)
    implements CostModel {

  /** Fewer would tell few structures apart, as whole units are counted. */
  private static final long LEAST = 1000;

  private static final long MOST = 1_000_000_000_000_000L;

  /**
   * Looks first whether whole units tell structures apart.
   *
   * @throws BadInputException if the widest structure takes less than 1,000 units, or too many to
   *     count
   */
  public static EnergyCosts of(CostModel others, SearchSpace space, Coefficients coefficients) {
    double widest = Accesses.of(space.network()).energy(coefficients);
    if (!(widest >= LEAST && widest <= MOST)) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "device.energy: the unpruned network takes %.3g %s, expected 1,000 to 10^15, as whole units are counted. Maybe give the coefficients in a %s unit?",
              widest,
              coefficients.unit(),
              widest > MOST ? "larger" : "smaller"));
    }
    return new EnergyCosts(others, space, coefficients);
  }

  @Override
  public Costs costs(Structure structure) {
    double energy = Accesses.of(space.apply(structure)).energy(coefficients);
    return others.costs(structure).withEnergy(Math.round(energy));
  }
}
