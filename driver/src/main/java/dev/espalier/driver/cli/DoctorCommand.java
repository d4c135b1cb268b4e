package dev.espalier.driver.cli;

import dev.espalier.driver.app.Doctor;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.report.text.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier doctor}: checks whether this machine will do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Check Java, memory, native libraries and disk.")
final class DoctorCommand implements Callable<Integer> {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Override
  public Integer call() {
    List<Doctor.Finding> findings = Doctor.examine(home.home());
    Table table = Table.of("check", "", "found", "advice");
    for (Doctor.Finding finding : findings) {
      table.row(finding.name(), finding.ok() ? "ok" : "BAD", finding.found(), finding.advice());
    }
    output.print(findings, table.toString());
    boolean well = findings.stream().allMatch(Doctor.Finding::ok);
    return (well ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
