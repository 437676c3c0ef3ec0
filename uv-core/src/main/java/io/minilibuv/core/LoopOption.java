// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/** What {@link Loop#configure} can change on an open loop ({@code uv_loop_option}). */
public enum LoopOption {
  /**
   * Blocks a signal while polling ({@code UV_LOOP_BLOCK_SIGNAL}). A JVM cannot: ENOSYS, as libuv
   * answers on Windows.
   */
  BLOCK_SIGNAL,

  /** Measures how long the loop waits for events ({@code UV_METRICS_IDLE_TIME}). */
  METRICS_IDLE_TIME,

  /**
   * Submits through a kernel thread ({@code UV_LOOP_USE_IO_URING_SQPOLL}): ENOSYS, no ring here.
   */
  USE_IO_URING_SQPOLL
}
