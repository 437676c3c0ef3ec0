// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has computed, in the steps that Java tells it in: of 10 ms, mostly. */
final class ProcessTime {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ProcessTime() {}

  /** Nanoseconds, on all cores together. */
  static long nanos() {
    return SYSTEM.getProcessCpuTime();
  }
}
