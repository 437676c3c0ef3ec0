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

    /** How much is done: bytes, unless {@link #text} says otherwise. */
    long done();

    /** How many there are, as far as is known by now. */
    long expected();

    /** Whether that is all. */
    boolean isExpectedFinal();

    /** So much, as people read it. */
    default String text(long amount) {
      return Amounts.bytes(amount);
    }

    /** It will not be painted any more. */
    default void end() {}
  }

  /** Leaves the line to what is printed next; it comes back below that. */
  default void makeRoom() {}

  /** Paints it now, besides when it is painted anyway. */
  default void paint() {}

  /** Leaves no trace on the terminal. */
  @Override
  void close();
}
