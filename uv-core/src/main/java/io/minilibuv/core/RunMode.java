// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/** How long {@link Loop#run(RunMode)} goes on ({@code uv_run_mode}). */
public enum RunMode {
  /** Until nothing keeps the loop alive, or {@link Loop#stop()} ({@code UV_RUN_DEFAULT}). */
  DEFAULT,

  /** One iteration, which may wait for events ({@code UV_RUN_ONCE}). */
  ONCE,

  /** One iteration, which never waits ({@code UV_RUN_NOWAIT}). */
  NOWAIT
}
