package dev.espalier.driver.cli.network;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.pruningnet.onnx.imports.Imported;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
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

  @Override
  public void run() {
    try (Imported imported = ImportedNetworks.of(home.home()).add(name, file)) {
      imported.notes().forEach(output::note);
      NetworkView view =
          NetworkView.of(name, imported.network().network(), imported.network().provenance());
      output.print(
          Map.of("network", view, "notes", imported.notes(), "difference", imported.difference()),
          "%s%nScores differ by at most %s from those of ONNX Runtime.%n"
              .formatted(view.text(), String.format(Locale.ROOT, "%.1e", imported.difference())));
    }
  }
}
