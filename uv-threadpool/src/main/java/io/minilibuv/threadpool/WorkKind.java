// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

/** What a request costs the pool ({@code enum uv__work_kind}, src/uv-common.h). */
public enum WorkKind {
  /** It computes: {@link WorkRequest}, {@link RandomRequest}. */
  CPU,

  /** It does IO that is over soon, with files. Treated as {@link #CPU}. */
  FAST_IO,

  /**
   * It does IO that may take for ever, by looking up names on the network. At most half of the
   * workers do such work at any time, so that it cannot hold up the rest.
   */
  SLOW_IO
}
