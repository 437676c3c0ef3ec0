// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import org.jspecify.annotations.Nullable;

/**
 * A module that brings a file system backend of its own, found by {@link java.util.ServiceLoader}.
 *
 * <p>The first one that works here makes {@link FsBackend#system()}, once for the process.
 */
public interface FsBackendProvider {

  /** What the backend is called, in logs and by whoever chooses. */
  String name();

  /**
   * Makes the backend, or gives null where it is made for another system. What it stands on has
   * been tried by then: no call fails later because something is missing altogether.
   *
   * @throws UnsupportedOperationException if it is made for this system, and cannot work here: with
   *     the reason, which is logged
   */
  @Nullable FsBackend open();
}
