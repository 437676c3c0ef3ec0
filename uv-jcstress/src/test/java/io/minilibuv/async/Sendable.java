// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.Loop;

/** What a race does to an async handle: the real one, or a copy with a flaw. */
interface Sendable {

  /** Makes what is raced against, on a loop that is on a memory backend. */
  @FunctionalInterface
  interface Maker {
    Sendable make(Loop loop, Runnable callback);
  }

  void send();

  void close();

  /** The real thing. */
  static Sendable real(Loop loop, Runnable callback) {
    return of(AsyncHandle.init(loop, handle -> callback.run()));
  }

  /** The real thing that goes with its loop. */
  static Sendable realInternal(Loop loop, Runnable callback) {
    return of(InternalAsyncHandle.init(loop, handle -> callback.run()));
  }

  private static Sendable of(AsyncHandle handle) {
    return new Sendable() {
      @Override
      public void send() {
        handle.send();
      }

      @Override
      public void close() {
        handle.close();
      }
    };
  }
}
