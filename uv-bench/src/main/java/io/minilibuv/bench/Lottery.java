// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/** Numbers at random, the same ones as in C's program (libuv's benchmark-million-async.c). */
final class Lottery {
  private int state;

  /** A number below {@code bound}. */
  int next(int bound) {
    state = state * 214013 + 2531011;
    return Integer.remainderUnsigned(state, bound);
  }
}
