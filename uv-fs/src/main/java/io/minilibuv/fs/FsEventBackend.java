// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvException;
import org.jspecify.annotations.Nullable;

/**
 * How a loop is told what happens to files: the seam between {@link FsEventHandle} and the system
 * ({@code uv__inotify_init} and what follows it, src/unix/linux.c).
 *
 * <p>A backend serves one loop, and all is called on its thread. It is opened by the loop's first
 * handle that is started ({@link FsEventBackendProvider}), and closed with the loop. All
 * implementations pass one and the same test suite.
 */
public interface FsEventBackend extends AutoCloseable {

  /** A watch that was begun, and not yet stopped. */
  @FunctionalInterface
  interface Watch {
    /** Ends it: its listener is not called any more, for what has happened already neither. */
    void stop();
  }

  /** Who is told of a watch. */
  @FunctionalInterface
  interface Listener {
    /**
     * Something happened. What it throws ends what the backend is at; who has not been told then is
     * told in the loop's next iteration.
     *
     * @param filename the entry of a directory that it happened to, or the watched path's own last
     *     name; null if nobody knows
     * @param events {@link FsEventHandle#RENAME}, {@link FsEventHandle#CHANGE} or both; 0 with an
     *     error
     * @param status 0, or a negative code
     */
    void onEvent(@Nullable String filename, int events, int status);
  }

  /** A short name for people: {@code nio}, {@code inotify}. */
  String name();

  /**
   * Tells {@code listener} what happens to {@code path} from now on. Those who watch the same are
   * told in the order in which they began; one that is stopped, or begins, while they are told is
   * not told of this.
   *
   * @throws UvException what the system says, of {@code uv_fs_event_start} and the path
   */
  Watch watch(String path, Listener listener);

  /** Ends all of it. Every watch has been stopped. */
  @Override
  void close();
}
