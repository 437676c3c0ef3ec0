// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;

/**
 * What a handle may be asked to do, and does not ({@code uv_fs_event_flags}, include/uv.h).
 *
 * <p>As in libuv on Linux, each is accepted and changes nothing.
 */
@AnyThread
public enum FsEventFlag {
  /** Watch the entry itself instead of what is in it ({@code UV_FS_EVENT_WATCH_ENTRY}). */
  WATCH_ENTRY,
  /** Look at the attributes again and again ({@code UV_FS_EVENT_STAT}). */
  STAT,
  /** Watch directories in directories too ({@code UV_FS_EVENT_RECURSIVE}). */
  RECURSIVE
}
