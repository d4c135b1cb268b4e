package dev.espalier.search.simulation;

import java.io.IOException;

/** An error of the disk that the schedule asked for, unlike those that the engine made. */
public final class InjectedIoException extends IOException {

  private static final long serialVersionUID = 1L;

  InjectedIoException(String name, DiskFault fault) {
    super(name + ": " + fault);
  }
}
