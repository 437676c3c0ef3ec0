// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls back when a file or the entries of a directory come, go or change ({@code uv_fs_event_t}).
 *
 * <p>Handles of a loop that watch the same are called in the order of their starts. What is in
 * directories of the watched directory is not watched. When the watched directory is deleted, this
 * is told, and the handle stays active and hears no more.
 *
 * <p>How much is told is up to the loop's {@link FsEventBackend}. On inotify, which the module
 * {@code io.minilibuv.linux} brings, it is what libuv tells on Linux. On {@link
 * java.nio.file.WatchService} it is nearly that on Linux; on macOS the JDK looks every few seconds.
 *
 * <p>Differs from C: when events were lost, the callback is told so, with no name and {@link
 * #CHANGE} as on Windows. Libuv drops the loss silently on Linux.
 *
 * <p>Differs from C, on {@code WatchService}: a single file is watched by its name in its
 * directory. It may be deleted and made anew, or another be renamed over it, and the handle goes on
 * watching the name. A link is followed once, at the start, and the name is the target's; the
 * callback is told the link's. Of the directory itself only the deletion is told, not that it was
 * moved or its permissions changed. Changes that come fast may be merged to one. After a loss, each
 * entry that differs from what it was before is told.
 *
 * <p>A program that is to follow a file whatever an editor does to it, on every backend, watches
 * the file's directory.
 */
public final class FsEventHandle extends Handle {
  static final String START = "uv_fs_event_start";

  /** Something came or went under the name ({@code UV_RENAME}). */
  public static final int RENAME = 1;

  /** What is under the name changed, in content or attributes ({@code UV_CHANGE}). */
  public static final int CHANGE = 2;

  private @Nullable FsEventCallback callback;
  private @Nullable String path;
  private FsEventBackend.@Nullable Watch watch;

  private FsEventHandle(Loop loop) {
    super(loop, HandleType.FS_EVENT);
  }

  /** Makes a handle that watches nothing yet ({@code uv_fs_event_init}, src/unix/linux.c). */
  public static FsEventHandle init(Loop loop) {
    return new FsEventHandle(loop);
  }

  /**
   * Calls back for what happens to {@code path} from now on ({@code uv_fs_event_start},
   * src/unix/linux.c).
   *
   * <p>It blocks as long as the system takes to find the path and to set up the watch.
   *
   * @param path a directory, for all its entries, or anything else that has a name
   * @param flags accepted and ignored, as on Linux
   * @throws UvException EINVAL if this is active; ENOENT if {@code path} is empty or leads nowhere;
   *     ENOSPC or EMFILE if the system watches too much already; EACCES and the like. This stays
   *     inactive then
   * @throws IllegalStateException if this handle is closing
   */
  public void start(String path, FsEventCallback callback, FsEventFlag... flags) {
    checkThread();
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(callback, "callback");
    for (FsEventFlag flag : flags) {
      Objects.requireNonNull(flag, "flag");
    }
    checkNotClosing();
    if (isActive()) {
      IllegalStateException why = new IllegalStateException("this handle is active: stop it first");
      throw new UvException(UvError.EINVAL.code(), START, path, why);
    }
    this.watch = FsEventBackends.OF_LOOP.of(loop()).watch(path, this::onEvent);
    this.path = path;
    this.callback = callback;
    handleStart();
  }

  /**
   * Ends the callbacks, also for what has happened already ({@code uv_fs_event_stop},
   * src/unix/linux.c). Idempotent.
   */
  public void stop() {
    checkThread();
    stopWatching();
  }

  /**
   * The path that this was started with, letter by letter ({@code uv_fs_event_getpath},
   * src/uv-common.c).
   *
   * <p>Differs from C: there is no buffer, and so no {@code UV_ENOBUFS}. It is this handle's own
   * path too if another handle watches the same under another.
   *
   * @throws UvException EINVAL if this is not active
   */
  public String getpath() {
    checkThread();
    String started = path;
    if (started == null) {
      throw UvError.EINVAL.exception("uv_fs_event_getpath");
    }
    return started;
  }

  /** As other handles; and the path, while this is active. */
  @Override
  @AnyThread
  public String toString() {
    String started = path;
    return started == null ? super.toString() : super.toString() + " '" + started + '\'';
  }

  private void onEvent(@Nullable String filename, int events, int status) {
    call(
        this,
        handle -> {
          FsEventCallback current = handle.callback;
          if (current != null) {
            current.onFsEvent(handle, filename, events, status);
          }
        });
  }

  /** Stops watching ({@code uv__fs_event_close}, src/unix/linux.c). */
  @Override
  protected boolean onClose() {
    stopWatching();
    return true;
  }

  private void stopWatching() {
    FsEventBackend.Watch ended = watch;
    if (ended == null) {
      return;
    }
    watch = null;
    path = null;
    callback = null;
    handleStop();
    ended.stop();
  }
}
