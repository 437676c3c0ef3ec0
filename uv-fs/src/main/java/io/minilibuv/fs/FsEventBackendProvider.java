// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.UvException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the {@link FsEventBackend} of a loop.
 *
 * <p>A module that brings one of its own offers a provider as a service ({@link
 * java.util.ServiceLoader}), and a loop takes the first that has something for it. {@code
 * LoopOptions.with} gives a loop another.
 */
public interface FsEventBackendProvider {

  /**
   * Whom a loop asks: the services that are there, and {@link #nio()} if none of them has anything
   * for it or the system property {@code minilibuv.backend} is {@code nio}.
   */
  LoopField<FsEventBackendProvider> OF_LOOP =
      LoopField.declareBorrowed("fs_event", loop -> FsEventBackends.ofProcess());

  /** Opens backends on {@link java.nio.file.WatchService}, which every platform has. */
  static FsEventBackendProvider nio() {
    return NioFsEvents.PROVIDER;
  }

  /** What its backends are called, in logs. */
  String name();

  /**
   * Opens a backend for one loop, on that loop's thread; or gives null if it is made for another
   * system, or for loops with another poller.
   *
   * @throws UnsupportedOperationException if it is made for this system, and cannot work here: with
   *     the reason, which is logged once
   * @throws UvException EMFILE and the like, if it works here but not for now
   */
  @Nullable FsEventBackend open(Loop loop);
}
