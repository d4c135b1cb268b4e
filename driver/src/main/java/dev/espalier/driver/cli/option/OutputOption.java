package dev.espalier.driver.cli.option;

import dev.espalier.driver.cli.progress.Screen;
import dev.espalier.driver.service.file.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command prints its result. */
public final class OutputOption {

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  /**
   * Prints the result of the command on standard output.
   *
   * @param result what {@code --json} prints
   * @param text what people read
   */
  public void print(Object result, String text) {
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? Json.text(result) : text);
    out.flush();
  }

  /** Whether documents are printed, and not text. */
  public boolean isJson() {
    return json;
  }

  /** Whether standard output is a terminal, as the launcher says. */
  public boolean isTerminal() {
    return Boolean.getBoolean("espalier.terminal.output");
  }

  /** Prints one of several results as a document of one line. */
  public void printLine(Object result) {
    PrintWriter out = command.commandLine().getOut();
    out.print(Json.line(result));
    out.flush();
  }

  /** Prints a line for people that is no result, on standard error. */
  public void note(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println(line);
    err.flush();
  }

  /** Where the command shows how it gets on. */
  public Screen screen() {
    return Screen.of(command.commandLine().getErr());
  }
}
