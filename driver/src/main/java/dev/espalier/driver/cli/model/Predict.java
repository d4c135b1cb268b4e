package dev.espalier.driver.cli.model;

import dev.espalier.driver.app.export.Predictions;
import dev.espalier.driver.cli.option.OutputOption;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier predict}: asks an exported network about pictures. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = {
      "Say what an exported network sees in pictures: the three likeliest classes of each. Pictures",
      "are cropped to a square and resized to what the network reads."
    })
public final class Predict implements Runnable {

  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(index = "0", paramLabel = "MODEL", description = "A file of 'espalier export'.")
  @SuppressWarnings("NullAway.Init")
  private Path model;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "IMAGE",
      description = "JPEG or PNG files.")
  private List<Path> images = List.of();

  @Override
  public void run() {
    Predictions predictions = Predictions.of(model, images);
    output.print(predictions, predictions.text());
  }
}
