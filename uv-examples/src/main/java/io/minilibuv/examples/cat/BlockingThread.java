// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

/**
 * Starts threads for code that blocks: virtual ones from Java 21 on, and ordinary ones before. The
 * process does not wait for either.
 */
final class BlockingThread {
  private BlockingThread() {}

  /** Whether threads are virtual here. */
  static boolean isVirtual() {
    return Runtime.version().feature() >= 21;
  }

  /** Starts a thread that runs {@code task}. */
  static void start(Runnable task) {
    if (isVirtual()) {
      startVirtual(task);
    } else {
      Thread thread = new Thread(task, "uv-blocking");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * {@code Thread.startVirtualThread}, which Java 17 does not have: it is looked up by its name.
   */
  private static void startVirtual(Runnable task) {
    try {
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
