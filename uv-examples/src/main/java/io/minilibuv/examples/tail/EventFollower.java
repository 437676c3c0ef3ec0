// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsEventHandle;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * Is told by the system that something happened ({@code uv_fs_event_t}): at once, and at no cost as
 * long as nothing does. Not on file systems that others write to, such as those of a network.
 *
 * <p>It takes two handles. One is for what the name leads to, which need not be there yet, and may
 * be elsewhere if the name is a link. The other is for the name, in its directory.
 */
final class EventFollower implements Follower {
  private final String path;
  private final String directory;
  private final Runnable look;
  private final FsEventHandle file;
  private final FsEventHandle name;

  EventFollower(Loop loop, String path, Runnable look) {
    String parent = new File(path).getParent();
    this.path = path;
    this.directory = parent == null ? "." : parent;
    this.look = look;
    this.file = FsEventHandle.init(loop);
    this.name = FsEventHandle.init(loop);
  }

  @Override
  public void watch() {
    name.stop();
    file.stop();
    name.start(directory, this::onEntry);
    try {
      file.start(path, (handle, entry, events, status) -> look.run());
    } catch (UvException e) {
      if (e.error() != UvError.ENOENT) {
        throw e;
      }
      // It is not there: the other handle tells when it comes.
    }
  }

  /** What comes or goes in the directory, or the directory itself, which is told by its name. */
  private void onEntry(FsEventHandle handle, @Nullable String entry, int events, int status) {
    boolean ours =
        entry == null
            || entry.equals(new File(path).getName())
            || entry.equals(new File(directory).getName());
    if (ours && events != FsEventHandle.CHANGE) {
      look.run();
    }
  }

  @Override
  public void close() {
    name.close();
    file.close();
  }
}
