// SPDX-License-Identifier: MIT
package io.minilibuv.fs.internal;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsCallback;
import io.minilibuv.fs.FsDir;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Gives back what an operation holds, a descriptor or a temporary file, also when requests are
 * cancelled: nobody else would do it.
 *
 * <p>It asks by a request, so as not to block the loop. A loop that is shut down takes that back,
 * and a pool that is closed takes none: then it is done here and now, on the loop's thread.
 *
 * <p>Who asked is told once, on the loop's thread and not before the method has returned.
 */
public final class GiveBack {
  private GiveBack() {}

  /** Closes a descriptor. */
  public static void close(Loop loop, int fd, Consumer<@Nullable UvException> done) {
    ask(loop, told -> Fs.close(loop, fd, told), backend -> backend.close(fd), done);
  }

  /** Closes a directory. */
  public static void closedir(Loop loop, FsDir dir, Consumer<@Nullable UvException> done) {
    ask(loop, told -> Fs.closedir(loop, dir, told), backend -> backend.closedir(dir), done);
  }

  /** Removes a file. */
  public static void unlink(Loop loop, String path, Consumer<@Nullable UvException> done) {
    ask(loop, told -> Fs.unlink(loop, path, told), backend -> backend.unlink(path), done);
  }

  /** Removes an empty directory. */
  public static void rmdir(Loop loop, String path, Consumer<@Nullable UvException> done) {
    ask(loop, told -> Fs.rmdir(loop, path, told), backend -> backend.rmdir(path), done);
  }

  private static void ask(
      Loop loop,
      Consumer<FsCallback> request,
      ToLongFunction<FsBackend> hereAndNow,
      Consumer<@Nullable UvException> done) {
    request.accept(
        answered -> {
          UvException error = answered.error();
          if (answered.result() == UvError.ECANCELED.code()) {
            long result = hereAndNow.applyAsLong(FsBackend.OF_LOOP.of(loop));
            String call = answered.fsType().callName();
            error = result < 0 ? new UvException((int) result, call, answered.path()) : null;
          }
          done.accept(error);
        });
  }
}
