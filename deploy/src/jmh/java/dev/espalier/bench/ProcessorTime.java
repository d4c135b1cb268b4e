package dev.espalier.bench;

import java.lang.management.ManagementFactory;

/** The processor time that the calling thread has used. */
final class ProcessorTime {

  private ProcessorTime() {}

  static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
