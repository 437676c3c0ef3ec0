// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsCallback;
import io.minilibuv.fs.FsStat;
import org.jspecify.annotations.Nullable;

/**
 * One entry that is copied as a whole: it is made under a temporary name, which then takes the
 * target's place.
 *
 * <p>A loop that is shut down takes back all requests, again and again. What is to be closed or
 * removed is asked for until it is done: nobody else would do it.
 */
abstract class CopyJob extends Job {
  final TreeCopy copy;
  final String target;

  CopyJob(TreeCopy copy, @Nullable DirectoryJob parent, TreeEntry entry) {
    super(copy, parent, entry);
    this.copy = copy;
    this.target = copy.targetOf(entry);
  }

  /** Whether two stats tell of one file; not known, and so false, where files have no numbers. */
  static boolean isSame(FsStat one, @Nullable FsStat other) {
    return other != null && one.ino() != 0 && one.isSameFileAs(other);
  }

  /** Closes a descriptor. */
  final void close(int fd, FsCallback closed) {
    Fs.close(
        loop(),
        fd,
        close -> {
          if (close.result() == UvError.ECANCELED.code()) {
            close(fd, closed);
          } else {
            closed.onFs(close);
          }
        });
  }

  /** Removes what is half made, and ends. */
  final void discard(String temporary) {
    Fs.unlink(
        loop(),
        temporary,
        unlink -> {
          if (unlink.result() == UvError.ECANCELED.code()) {
            discard(temporary);
            return;
          }
          if (unlink.result() < 0) {
            tree.failed(failureOf(unlink, temporary));
          }
          end();
        });
  }
}
