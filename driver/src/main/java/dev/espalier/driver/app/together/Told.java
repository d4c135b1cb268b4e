package dev.espalier.driver.app.together;

import dev.espalier.pruningnet.training.TrainingDivergedException;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a slice of a training tells.
 *
 * @param goesOn whether the training is not at its end
 * @param resumed from where it went on; empty if it began
 * @param steps done, those of earlier slices included; 0 if none was done now
 * @param notes what people should know, one line each
 * @param diverged why it can not go on, if so
 */
public record Told(
    boolean goesOn,
    String resumed,
    long steps,
    List<String> notes,
    @Nullable TrainingDivergedException diverged)
    implements Serializable {

  private static final long serialVersionUID = 1;
}
