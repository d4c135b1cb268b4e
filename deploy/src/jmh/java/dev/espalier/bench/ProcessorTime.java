package dev.espalier.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The processor time that has been used, in nanoseconds unless said otherwise. */
final class ProcessorTime {

  private ProcessorTime() {}

  /** By the calling thread. */
  static long nanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** By all threads of this process. */
  static long ofProcess() {
    return machine().getProcessCpuTime();
  }

  /** By the whole machine since this was called last: how many cores were busy on average. */
  static double coresSinceLastCall() {
    return machine().getCpuLoad() * machine().getAvailableProcessors();
  }

  private static OperatingSystemMXBean machine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  }
}
