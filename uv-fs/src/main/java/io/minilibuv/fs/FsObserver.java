// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;

/**
 * Sees the file system requests of a loop. An observer that is to see them implements this besides
 * what else it is to see, and is set by {@link Loop#setObserver}.
 *
 * <p>Both methods are called on the loop's thread. Calls without a loop are not seen.
 */
public interface FsObserver extends LoopObserver {

  /** A request is about to be given to the pool: it has its type and its paths. */
  default void fsSubmitted(Loop loop, FsRequest request) {}

  /**
   * A request has come back; its callback comes next. It has its type, paths, {@link
   * FsRequest#result}, {@link FsRequest#bytes}, {@link FsRequest#waitNanos} and {@link
   * FsRequest#runNanos}.
   *
   * <p>What this throws goes where exceptions of callbacks go, after the request's own callback.
   */
  default void fsDelivered(Loop loop, FsRequest request) {}
}
