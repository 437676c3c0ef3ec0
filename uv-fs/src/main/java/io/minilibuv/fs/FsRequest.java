// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.PoolRequest;
import io.minilibuv.threadpool.WorkKind;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file system call that blocks a worker of the pool, and calls back on the loop's thread ({@code
 * uv_fs_t}).
 *
 * <p>It is made by the methods of {@link Fs} that take a loop, and is done once: there is nothing
 * to clean up after it ({@code uv_fs_req_cleanup}). {@link #cancel} works until a worker has begun;
 * the result is {@code UV_ECANCELED} then, as it is if the loop's pool is closed. Buffers belong to
 * the request until it calls back.
 *
 * <p>What a call answers besides a number has a method of its own for each kind, where C has one
 * pointer ({@code uv_fs_get_ptr}, src/uv-common.c).
 *
 * <p>All methods belong to the loop's thread.
 */
public final class FsRequest extends PoolRequest {
  private static final Logger log = LoggerFactory.getLogger(FsRequest.class);

  // @start region="uv_fs_t"
  private final FsCall call;
  private final FsCallback callback;
  private final FsBackend backend;
  private boolean done;
  private long result;
  private int nextEntry;

  // Written by the worker, and read by the loop's thread when the request has come back.
  private long outcome;
  private long waitNanos;
  private long runNanos;

  // @end region="uv_fs_t"

  private FsRequest(Loop loop, FsCall call, FsCallback callback) {
    super(loop, RequestType.FS);
    this.call = call;
    this.callback = callback;
    this.backend = FsBackend.OF_LOOP.of(loop);
  }

  /** Gives {@code call} to the pool ({@code POST}, src/unix/fs.c). */
  // @start region="POST"
  static FsRequest submit(Loop loop, FsCall call, FsCallback callback) {
    Objects.requireNonNull(loop, "loop");
    Objects.requireNonNull(callback, "callback");
    FsRequest request = new FsRequest(loop, call, callback);
    request.tellSubmitted();
    request.submitOrCancel(WorkKind.FAST_IO);
    return request;
  }

  // @end region="POST"

  /** Whatever the observer does: who makes the call may be in the middle of several. */
  private void tellSubmitted() {
    if (loop().observer() instanceof FsObserver observer) {
      try {
        observer.fsSubmitted(loop(), this);
      } catch (Throwable thrown) {
        log.warn("an observer of {} has thrown", this, thrown);
      }
    }
  }

  /** What call this is ({@code uv_fs_get_type}, src/uv-common.c). */
  @AnyThread
  public FsType fsType() {
    return call.type;
  }

  /**
   * What the call has answered: 0 or a value, or a negative code ({@code uv_fs_get_result},
   * src/uv-common.c). 0 until it is done.
   */
  public long result() {
    return result;
  }

  /**
   * The system's own number for the error ({@code uv_fs_get_system_error}, src/unix/fs.c), which is
   * the result with the other sign, as in C also if it is no error.
   *
   * <p>Differs from C: on Windows it is libuv's number, since Java does not tell the system's.
   */
  public long systemError() {
    return -result;
  }

  /**
   * The path that the call is about, or null ({@code uv_fs_get_path}, src/uv-common.c). Once a
   * {@code mkdtemp} or {@code mkstemp} is done, it is the name that was made; if a {@code mkstemp}
   * failed, it is empty, as in C.
   */
  public @Nullable String path() {
    if (done && call.type == FsType.MKSTEMP && result < 0 && isTried()) {
      return "";
    }
    String made = succeeded() ? call.answer.madePath() : null;
    return made != null ? made : call.path;
  }

  /** A call that was cancelled has not begun, and its template is as it was. */
  private boolean isTried() {
    return result != UvError.ECANCELED.code();
  }

  /** The second path, of a call that is about two ({@code new_path} of {@code uv_fs_t}). */
  @AnyThread
  public @Nullable String newPath() {
    return call.newPath;
  }

  /**
   * What a stat call has answered ({@code uv_fs_get_statbuf}, src/uv-common.c).
   *
   * <p>Differs from C: only there once the call has succeeded.
   *
   * @throws IllegalStateException if this is no stat call, or not done, or failed
   */
  public FsStat stat() {
    return answered(call.answer.stat(), "stat");
  }

  /** What {@code readlink} or {@code realpath} has answered, else null ({@code ptr}). */
  public @Nullable String text() {
    return succeeded() ? call.answer.text() : null;
  }

  /**
   * The directory that {@code opendir} has opened ({@code ptr}).
   *
   * @throws IllegalStateException if this is no opendir, or not done, or failed
   */
  public FsDir dir() {
    return answered(call.answer.dir(), "directory");
  }

  /**
   * What {@code statfs} has answered ({@code ptr}).
   *
   * @throws IllegalStateException if this is no statfs, or not done, or failed
   */
  public FsStatFs statFs() {
    return answered(call.answer.statFs(), "statfs");
  }

  /**
   * What {@code scandir}, in order, or {@code readdir} has answered; empty if it failed, or is not
   * done.
   */
  public List<Dirent> entries() {
    return succeeded() ? call.answer.entries() : List.of();
  }

  /**
   * The next entry that {@code scandir} has found ({@code uv_fs_scandir_next}, src/uv-common.c).
   *
   * <p>Differs from C: at the end, and then always, it is null instead of {@code UV_EOF}.
   *
   * @throws UvException if the request failed, with its error; ECANCELED if it was cancelled
   */
  public @Nullable Dirent scandirNext() {
    loop().checkThread();
    orThrow();
    List<Dirent> entries = entries();
    return nextEntry < entries.size() ? entries.get(nextEntry++) : null;
  }

  /** How many bytes this request has read, written or sent; 0 for other calls. */
  public long bytes() {
    return switch (call.type) {
      case READ, WRITE, SENDFILE -> Math.max(result, 0);
      default -> 0;
    };
  }

  /**
   * How long the request has waited until a worker began with it, in nanoseconds; 0 if none has, or
   * it is not done.
   */
  public long waitNanos() {
    return done ? waitNanos : 0;
  }

  /** How long the worker has taken for the call, in nanoseconds; 0 if none has, as above. */
  public long runNanos() {
    return done ? runNanos : 0;
  }

  /** What the call has failed with, or null: it succeeded, or is not done. */
  public @Nullable UvException error() {
    return result < 0 ? call.exception(result, failure()) : null;
  }

  /**
   * The result if it is a value.
   *
   * @throws UvException if it is an error, with the call's name and its path
   */
  public long orThrow() {
    UvException error = error();
    if (error != null) {
      throw error;
    }
    return result;
  }

  /** The call, its path, and an identity. */
  @Override
  @AnyThread
  public String toString() {
    String path = call.path != null ? " '" + call.path + '\'' : "";
    return String.format(
        Locale.ROOT,
        "fs %s%s request @%08x",
        call.type.callName(),
        path,
        System.identityHashCode(this));
  }

  // @start region="work"
  @Override
  protected void work() {
    long began = Uv.hrtime();
    waitNanos = began - submittedAt();
    try {
      outcome = call.run(backend);
    } finally {
      runNanos = Uv.hrtime() - began;
    }
  }

  // @end region="work"

  /** Takes the outcome over, and calls back ({@code uv__fs_done}, src/unix/fs.c). */
  // @start region="uv__fs_done"
  @Override
  protected void done(int status) {
    Throwable failure = failure();
    if (status == UvError.ECANCELED.code()) {
      result = status;
    } else if (failure != null) {
      result = FsErrors.codeOf(failure);
    } else {
      result = outcome;
    }
    done = true;
    call.finish(result);
    // Whatever the observer does: who waits for this is told.
    try {
      if (loop().observer() instanceof FsObserver observer) {
        observer.fsDelivered(loop(), this);
      }
    } finally {
      callback.onFs(this);
    }
  }

  // @end region="uv__fs_done"

  /** {@code answer}, if this is the kind of call that has it, is done, and has succeeded. */
  private <T> T answered(@Nullable T answer, String what) {
    if (!succeeded() || answer == null) {
      throw new IllegalStateException("no " + what + ": " + this + ", result " + result);
    }
    return answer;
  }

  private boolean succeeded() {
    return done && result >= 0;
  }
}
