package dev.espalier.driver.cli.model;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.export.Exported;
import dev.espalier.driver.app.export.StructureExport;
import dev.espalier.driver.app.export.StructureExport.Format;
import dev.espalier.driver.cli.option.OutFile;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.cli.option.StructureOption;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code espalier export}: writes a structure to a file that other programs run. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Write a structure of a job as a file of a network that is really smaller, with the weights of",
      "its longest 'espalier finetune', or else those of the PruningNet. The file is there once its",
      "runtime gives the same scores as the network itself."
    })
public final class Export implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final StructureOption structure = new StructureOption();

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      defaultValue = "onnx",
      description = "onnx, or torchscript for PyTorch and DJL (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private Format format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where to write it (default: ID-STRUCTURE.onnx, or .pt, in the working directory).")
  private @Nullable Path out;

  @Option(
      names = "--fold",
      description = "Put batch norm into the convolutions before it; torchscript always does.")
  private boolean fold;

  @Override
  public void run() {
    JobView job = structure.job(home);
    Structure asked = structure.of(job);
    Path file =
        OutFile.of(out, "%s-%s%s".formatted(structure.id(), asked.id(), format.extension()));
    Exported exported =
        new StructureExport(home.home(), home.store(), job).write(asked, file, format, fold);
    if (!exported.trained()) {
      output.note(
          "Its weights are what the PruningNet makes of them: good for comparing, not for use. Maybe train it first: espalier finetune %s %s"
              .formatted(structure.id(), asked.id()));
    }
    output.print(exported, exported.text());
  }
}
