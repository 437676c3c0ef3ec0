// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file of code that may block, on a virtual thread for one. libuv has no such thing.
 *
 * <pre>{@code
 * try (FsFile file = FsFile.open("log", FsFlags.O_RDONLY, 0)) {
 *   long read = file.read(buffer);
 * }
 * }</pre>
 *
 * <p>It is the blocking form of the calls, with the descriptor kept where nobody closes it twice.
 * No loop has a part in it. Several threads may use it at once, as they may a descriptor; who
 * closes it while another reads takes care of the same as in C.
 *
 * <p>What fails throws {@link UvException}, with the call's name and the path; EBADF once it is
 * closed.
 */
@AnyThread
public final class FsFile implements AutoCloseable {
  private final String path;
  private final int fd;

  /** Whoever sets it closes the descriptor, and is the only one. */
  private final AtomicBoolean closed = new AtomicBoolean();

  private FsFile(String path, int fd) {
    this.path = path;
    this.fd = fd;
  }

  /** Opens a file: {@link Fs#open(String, int, int)}. */
  public static FsFile open(String path, int flags, int mode) {
    return new FsFile(path, Fs.open(path, flags, mode));
  }

  /** The descriptor. */
  public int fd() {
    return fd;
  }

  /** What it was opened as. */
  public String path() {
    return path;
  }

  /** Reads once at the file position: {@link Fs#read(int, ByteBuffer, long)}. 0 at the end. */
  public long read(ByteBuffer buffer) {
    return read(buffer, -1);
  }

  /** Reads once at an offset: {@link Fs#read(int, ByteBuffer, long)}. 0 at the end. */
  public long read(ByteBuffer buffer, long offset) {
    return orThrow(FsType.READ, FsCalls.readNow(checked("read"), buffer, offset));
  }

  /** Writes the buffer at the file position: {@link Fs#write(int, ByteBuffer, long)}. */
  public long write(ByteBuffer buffer) {
    return write(buffer, -1);
  }

  /** Writes the buffer at an offset: {@link Fs#write(int, ByteBuffer, long)}. */
  public long write(ByteBuffer buffer, long offset) {
    return orThrow(FsType.WRITE, FsCalls.writeNow(checked("write"), buffer, offset));
  }

  /** Tells of the file: {@link Fs#fstat(int)}. */
  public FsStat stat() {
    FsCall call = FsCalls.fstat(checked("fstat"));
    run(call);
    return Objects.requireNonNull(call.answer.stat(), "a stat call without a stat");
  }

  /** Cuts or extends it: {@link Fs#ftruncate(int, long)}. */
  public void truncate(long length) {
    run(FsCalls.ftruncate(checked("ftruncate"), length));
  }

  /** Brings it to the disk: {@link Fs#fsync(int)}. */
  public void sync() {
    run(FsCalls.fsync(checked("fsync")));
  }

  /** Brings its data to the disk: {@link Fs#fdatasync(int)}. */
  public void datasync() {
    run(FsCalls.fdatasync(checked("fdatasync")));
  }

  /** Closes it: {@link Fs#close(int)}. Does nothing if it is closed. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      run(FsCalls.close(fd));
    }
  }

  /** The path and the descriptor. */
  @Override
  public String toString() {
    return "file '" + path + "' as " + fd;
  }

  private int checked(String call) {
    if (closed.get()) {
      throw UvError.EBADF.exception(call, path);
    }
    return fd;
  }

  private void run(FsCall call) {
    orThrow(call.type, call.resultNow());
  }

  /** A call on a descriptor does not know the path; this does. */
  private long orThrow(FsType type, long result) {
    if (result < 0) {
      throw new UvException((int) result, type.callName(), path);
    }
    return result;
  }
}
