// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.fs.FsRequest;
import java.io.File;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens to a file under its name, whichever file has that name: one that is saved
 * often is another each time.
 */
final class FileWatch implements AutoCloseable {
  /*
   * An event handle on the file itself would stay with the file, where the system watches files and
   * not names (inotify). So there is one on the directory that the name is in. If the name is a
   * link, what happens to its file is told where that is, by a second handle; whenever the name came
   * or went it is asked anew where that may be, and then told, so that nothing falls in between.
   *
   * A directory that goes is told by its own name.
   */
  private final Loop loop;
  private final String path;
  private final File directory;
  private final Consumer<Change> changed;
  private final Consumer<UvException> failed;
  private final FsEventHandle name;
  private final FsEventHandle target;

  /** Where the second handle looks, or null while it is stopped. */
  private @Nullable File behindLink;

  /**
   * Watches nothing yet.
   *
   * @param failed is told of what cannot be watched, or not any more
   */
  FileWatch(Loop loop, String path, Consumer<Change> changed, Consumer<UvException> failed) {
    this.loop = loop;
    this.path = path;
    this.directory = directoryOf(path);
    this.changed = changed;
    this.failed = failed;
    name = FsEventHandle.init(loop);
    target = FsEventHandle.init(loop);
  }

  private static File directoryOf(String path) {
    File parent = new File(path).getParentFile();
    return parent == null ? new File(".") : parent;
  }

  /**
   * Begins; blocks for as long as that takes.
   *
   * @throws UvException if it cannot be watched
   */
  void start() {
    watchName();
    follow(Fs.realpath(path), Fs.realpath(directory.getPath()));
  }

  private void watchName() {
    name.start(
        directory.getPath(), (handle, entry, events, status) -> onName(entry, events, status));
  }

  private void onName(@Nullable String entry, int events, int status) {
    boolean ours = new File(path).getName().equals(entry);
    if (status < 0 || entry == null || (ours && events == FsEventHandle.CHANGE)) {
      tell(entry, events, status);
    } else if (ours) {
      look();
    } else if (entry.equals(directory.getName()) && events != FsEventHandle.CHANGE) {
      Fs.stat(loop, directory.getPath(), this::onDirectoryMoved);
    }
  }

  private void tell(@Nullable String entry, int events, int status) {
    if (status < 0) {
      failed.accept(new UvException(status, "uv_fs_event", path));
    } else {
      changed.accept(Change.of(entry, path, events));
    }
  }

  /** The name came or went: it may lead elsewhere now, or nowhere. */
  private void look() {
    Fs.realpath(loop, path, this::onMoved);
  }

  private void onMoved(FsRequest request) {
    if (name.isClosing()) {
      return;
    }
    String real = request.text();
    if (real == null) {
      stopTarget();
      changed.accept(new Change(Change.Kind.RENAME, path));
    } else {
      Fs.realpath(loop, directory.getPath(), there -> onFound(real, there.text()));
    }
  }

  private void onFound(String real, @Nullable String realDirectory) {
    if (name.isClosing()) {
      return;
    }
    if (realDirectory != null) {
      orFail(() -> follow(real, realDirectory));
    }
    changed.accept(new Change(Change.Kind.RENAME, path));
  }

  /** Does without what is gone again: who makes it anew is told of. */
  private void orFail(Runnable watching) {
    try {
      watching.run();
    } catch (UvException e) {
      if (e.error() != UvError.ENOENT) {
        failed.accept(e);
      }
    }
  }

  /** Watches where the file is, if its name is a link. */
  private void follow(String real, String realDirectory) {
    File file = new File(real);
    if (file.equals(new File(realDirectory, new File(path).getName()))) {
      stopTarget();
    } else if (!file.equals(behindLink)) {
      stopTarget();
      target.start(
          directoryOf(real).getPath(),
          (handle, entry, events, status) -> {
            if (status < 0 || entry == null || entry.equals(file.getName())) {
              tell(entry, events, status);
            }
          });
      behindLink = file;
    }
  }

  private void stopTarget() {
    target.stop();
    behindLink = null;
  }

  /** The directory is gone, or another is there now. */
  private void onDirectoryMoved(FsRequest request) {
    if (name.isClosing()) {
      return;
    }
    if (request.result() < 0) {
      close();
      changed.accept(new Change(Change.Kind.RENAME, path));
      failed.accept(UvError.ENOENT.exception("watch", path));
    } else {
      name.stop();
      orFail(this::watchName);
      look();
    }
  }

  /** Ends it: nobody is told of anything any more. */
  @Override
  public void close() {
    if (!name.isClosing()) {
      name.close();
      target.close();
    }
  }
}
