// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import org.jspecify.annotations.Nullable;

/** Told that something happened to what a handle watches ({@code uv_fs_event_cb}, include/uv.h). */
@FunctionalInterface
public interface FsEventCallback {
  /**
   * Called in the poll phase, on the loop's thread. It may stop, restart or close any handle.
   *
   * @param filename the entry of the watched directory; for a file, and for the directory itself,
   *     what follows the last slash of the path that was given. Null if it is not known what
   *     happened: events were lost, or an error came
   * @param events {@link FsEventHandle#RENAME}, {@link FsEventHandle#CHANGE}, or both added up; 0
   *     with an error
   * @param status 0 or a negative code
   */
  void onFsEvent(FsEventHandle handle, @Nullable String filename, int events, int status);
}
