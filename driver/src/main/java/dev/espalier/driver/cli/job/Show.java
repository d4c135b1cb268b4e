package dev.espalier.driver.cli.job;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.cli.option.StructureOption;
import dev.espalier.driver.report.LayerView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.text.Words;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier show}: shows a structure layer by layer. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show a structure of a job, layer by layer.")
public final class Show implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();
  @Mixin private final StructureOption structure = new StructureOption();

  @Override
  public void run() {
    JobView job = structure.job(home);
    JobView.Shown shown = job.show(structure.of(job));
    output.print(shown, text(shown));
  }

  private static String text(JobView.Shown shown) {
    StructureView structure = shown.structure();
    StringBuilder text = new StringBuilder();
    text.append("%s  %s%n".formatted(structure.id(), structure.genes()));
    text.append(
        "  %s MACs (%s), %s parameters, %s bytes of activations%n"
            .formatted(
                Words.count(structure.macs()),
                Words.percent(structure.macsShare()),
                Words.count(structure.parameters()),
                Words.count(structure.activationBytes())));
    if (structure.latencyMillis() != null) {
      text.append(
          String.format(Locale.ROOT, "  %.3f ms on the job's device%n", structure.latencyMillis()));
    }
    if (structure.energy() != null) {
      text.append("  %s units of energy there%n".formatted(Words.count(structure.energy())));
    }
    if (structure.isSparse()) {
      text.append(
          "  with a weight that is kept: %s MACs; %s bytes compressed%n"
              .formatted(
                  Words.count(structure.nonZeroMacs()), Words.count(structure.compressedBytes())));
    }
    text.append(
        shown.selection() == null
            ? "  not measured by this job%n".formatted()
            : "  %s of the selection images%n".formatted(shown.selection()));
    shown.violations().forEach(line -> text.append("  not allowed: %s%n".formatted(line)));
    return text.append('\n').append(LayerView.table(shown.layers())).toString();
  }
}
