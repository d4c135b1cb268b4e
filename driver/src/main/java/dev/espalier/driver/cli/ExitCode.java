package dev.espalier.driver.cli;

import dev.espalier.driver.app.JobFailedException;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.search.job.BadInputException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What the process returns, and what is printed when it is not 0. */
enum ExitCode {
  /** The command did what was asked. */
  OK(0),
  /** It failed or was stopped. */
  FAILED(1),
  /** It was called wrongly, or with input that cannot be used. */
  BAD_INPUT(2),
  /** What was asked for does not exist. */
  NOT_FOUND(3);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Wrong usage: the message, a guess and where to read more. */
  static int usage(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(error.getMessage());
    UnmatchedArgumentException.printSuggestions(error, err);
    err.printf("Maybe read '%s --help'?%n", command.getCommandSpec().qualifiedName());
    err.flush();
    return BAD_INPUT.number;
  }

  /**
   * What a command threw: bad input and trouble with files in words, anything else with its stack
   * trace.
   */
  static int thrown(Exception error, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    try {
      if (error instanceof BadInputException) {
        err.println(error.getMessage());
        return BAD_INPUT.number;
      }
      if (error instanceof NotFoundException) {
        err.println(error.getMessage());
        return NOT_FOUND.number;
      }
      if (error instanceof JobFailedException) {
        err.println(error.getMessage());
        return FAILED.number;
      }
      if (error instanceof UncheckedIOException disk && disk.getCause() != null) {
        err.printf("%s: %s%n", disk.getMessage(), disk.getCause().getMessage());
        return FAILED.number;
      }
      err.println("espalier failed: " + error);
      error.printStackTrace(err);
      return FAILED.number;
    } finally {
      err.flush();
    }
  }
}
