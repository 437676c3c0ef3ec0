// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has computed. Java's own way to tell, in steps of 10 ms, is too coarse. */
final class ProcessTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ProcessTime() {}

  /** Nanoseconds, on all cores together. */
  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
