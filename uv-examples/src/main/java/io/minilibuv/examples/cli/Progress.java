// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

/** What a person sees while something long is going on. */
public interface Progress extends AutoCloseable {
  /** Nothing. */
  Progress NONE = () -> {};

  /** How far it has come, asked whenever it is painted. */
  interface Amount {
    /** It will be painted: what must be found out for that may begin. */
    default void begin() {}

    /** How many bytes are done. */
    long done();

    /** How many there are, as far as is known by now. */
    long expected();

    /** Whether that is all. */
    boolean isExpectedFinal();

    /** It will not be painted any more. */
    default void end() {}
  }

  /** Leaves the line to what is printed next; it comes back below that. */
  default void makeRoom() {}

  /** Leaves no trace on the terminal. */
  @Override
  void close();
}
