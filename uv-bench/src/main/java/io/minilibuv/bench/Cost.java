// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/** What a row is judged by. */
enum Cost {
  /** The time that passes. */
  WALL,
  /** The time that is computed, on all cores together. */
  CPU
}
