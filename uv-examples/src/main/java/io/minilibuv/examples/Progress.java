// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

/** What a person sees while a copy is going on. */
interface Progress extends AutoCloseable {
  /** Nothing. */
  Progress NONE = () -> {};

  /** Leaves no trace on the terminal. */
  @Override
  void close();
}
