// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** What is used of a {@link WatchService}; here so that a test can be one. */
interface WatchPort extends Closeable {

  /** Opens a port for a loop ({@code inotify_init1}). */
  @FunctionalInterface
  interface Opener {
    /** Opens one. */
    WatchPort open() throws IOException;
  }

  /**
   * Watches {@code directory} ({@code inotify_add_watch}): gives the key that it has already, or a
   * new one. On the loop's thread.
   */
  WatchKey register(Path directory) throws IOException;

  /**
   * Waits for a key that something has happened to ({@link WatchService#take}).
   *
   * @throws java.nio.file.ClosedWatchServiceException once this is closed
   */
  WatchKey take() throws InterruptedException;
}
