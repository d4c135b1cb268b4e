package dev.espalier.driver.cli.network;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.pruningnet.onnx.imports.Imported;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier network import}: reads a network from an ONNX file. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Read an image classifier from an ONNX file: convolutional, for one size of images. It is held",
      "to what ONNX Runtime computes on random images, within 1e-4."
    })
final class Import implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "FILE", description = "The ONNX file.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What job files call it: lower-case letters, digits, dots and dashes.")
  @SuppressWarnings("NullAway.Init")
  private String name;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M",
      description =
          "How its images are scaled: a pixel v of 0..255 goes in as (v / 255 - mean) / std of its channel; a number for each channel. Default: what the file's metadata say, or else 0 and 1.")
  private List<Double> mean = List.of();

  @Option(names = "--std", split = ",", paramLabel = "S", description = "See --mean.")
  private List<Double> std = List.of();

  @Override
  public void run() {
    if (mean.isEmpty() != std.isEmpty()) {
      throw new BadInputException("--mean and --std: found one, expected both or none");
    }
    Optional<ImportedNetworks.Scaling> scaling =
        mean.isEmpty()
            ? Optional.empty()
            : Optional.of(new ImportedNetworks.Scaling(List.copyOf(mean), List.copyOf(std)));
    try (Imported imported = ImportedNetworks.of(home.home()).add(name, file, scaling)) {
      imported.notes().forEach(output::note);
      NetworkView view =
          NetworkView.of(
              name,
              imported.network().network(),
              imported.network().images(),
              imported.network().provenance());
      output.print(
          Map.of("network", view, "notes", imported.notes(), "difference", imported.difference()),
          "%s%nScores differ by at most %s from those of ONNX Runtime.%n"
              .formatted(view.text(), String.format(Locale.ROOT, "%.1e", imported.difference())));
    }
  }
}
