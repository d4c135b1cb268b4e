package dev.espalier.driver.cli.file;

import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.app.JobCheck;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier job check}: says what a job would be. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Check a job file; print its sizes, the range of costs and roughly its time.")
final class Check implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "JOB.yaml", description = "The job file.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Override
  public void run() {
    JobCheck check = new JobAdmission(home.home()).check(JobFile.read(file));
    output.print(check, text(check));
  }

  private static String text(JobCheck check) {
    Table costs =
        Table.of(
                check
                    .widest()
                    .headings("", ">MACs", ">parameters", ">weight bytes", ">activation bytes"))
            .row(
                check
                    .widest()
                    .row(
                        "widest",
                        Words.count(check.widest().macs()),
                        Words.count(check.widest().parameters()),
                        Words.count(check.widest().weightBytes()),
                        Words.count(check.widest().activationBytes())))
            .row(
                check
                    .narrowest()
                    .row(
                        "narrowest",
                        Words.count(check.narrowest().macs()),
                        Words.count(check.narrowest().parameters()),
                        Words.count(check.narrowest().weightBytes()),
                        Words.count(check.narrowest().activationBytes())));
    StringBuilder text = new StringBuilder();
    line(text, "network", "%s over %s".formatted(check.network(), check.data()));
    line(
        text,
        "images",
        "train %d, selection %d, confirmation %d, test %d"
            .formatted(
                check.images().train(),
                check.images().selection(),
                check.images().confirmation(),
                check.images().test()));
    line(
        text,
        "space",
        "%d genes, 10^%.0f structures".formatted(check.groups().size(), check.structures()));
    line(text, "free", String.join(", ", check.groups()));
    line(text, "fixed", String.join(", ", check.fixed()));
    line(
        text,
        "constraints",
        check.constraints().isEmpty() ? "none" : String.join("; ", check.constraints()));
    line(
        text,
        "time",
        "about %s: training %s, search %s, confirmation %s, fine-tuning %s"
            .formatted(
                Words.duration(check.time().total()),
                check.trained() ? "done before" : Words.duration(check.time().training()),
                Words.duration(check.time().search()),
                Words.duration(check.time().confirmation()),
                Words.duration(check.time().fineTuning())));
    return text.append('\n').append(costs).toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-11s  %s%n".formatted(name, value));
  }
}
