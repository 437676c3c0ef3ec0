// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.Uv;
import java.nio.ByteBuffer;

/**
 * What file system calls are made of: the blocking bodies, as they run on the pool's workers
 * ({@code uv__fs_work} and the {@code uv__fs_*} that it calls, src/unix/fs.c).
 *
 * <p>A result is what libuv's is: 0 or a value, or a negative code. What a platform cannot do is
 * {@code UV_ENOSYS}. A body that is interrupted by a signal tries again, but for {@code close} and
 * {@code read}. Bodies do not throw, but for what is no result, such as a lack of memory.
 *
 * <p>All methods are called from any thread, and at the same time. Descriptors belong to the
 * backend that opened them. A descriptor that is closed while a call is using it is free at once,
 * and the call ends on the file that it began with. (Where descriptors are the system's, that holds
 * for each system call: what takes several finds whatever has the number by then, as in C.)
 *
 * <p>Paths are never null, but may be anything else: empty, of any length, with NULs in them.
 */
@AnyThread
public interface FsBackend {

  /** The backend of a loop; {@link #system()} unless {@code LoopOptions.with} says otherwise. */
  LoopField<FsBackend> OF_LOOP = LoopField.declare("fs", loop -> system());

  /**
   * The backend of this process, which calls without a loop go to: that of an {@link
   * FsBackendProvider}, if one is there and works here, else {@link #nio()}. The system property
   * {@code minilibuv.backend}, if it is {@code nio} when this is first called, has it be {@link
   * #nio()} in any case.
   */
  static FsBackend system() {
    return SystemFsBackend.INSTANCE;
  }

  /**
   * The one that stands on {@code java.nio} and works on every system, for {@code
   * LoopOptions.with}.
   *
   * <p>Its descriptors are its own. Where it is not {@link #system()}, a loop that has it gives out
   * numbers that mean other files to calls without a loop.
   */
  static FsBackend nio() {
    return NioFsBackend.INSTANCE;
  }

  /** What to call it in logs. */
  String name();

  /** Opens a file: {@link Fs#open(String, int, int)}. Results in a descriptor. */
  long open(String path, int flags, int mode);

  /** Closes a descriptor: {@link Fs#close(int)}. */
  long close(int fd);

  /**
   * Reads once: {@link Fs#read(int, ByteBuffer[], long)}. Results in the number of bytes, 0 at the
   * end.
   *
   * @param buffers at least one, none of them twice, from position to limit; theirs to move. Those
   *     beyond 1,024 are not looked at
   * @param offset where; negative for the file position, which moves then
   */
  long read(int fd, ByteBuffer[] buffers, long offset);

  /**
   * Writes everything: {@link Fs#write(int, ByteBuffer[], long)}. Results in the number of bytes,
   * which is less than asked for only if there was an error after them.
   *
   * <p>A buffer that is there twice is written once or twice, as the backend does it. In either
   * case the result is what was written, and the position ends up at the limit if that was
   * everything.
   *
   * @param buffers at least one, from position to limit; theirs to move
   * @param offset where; negative for the file position, which moves then
   */
  long write(int fd, ByteBuffer[] buffers, long offset);

  /** Removes a name: {@link Fs#unlink(String)}. */
  long unlink(String path);

  /** Makes a directory: {@link Fs#mkdir(String, int)}. */
  long mkdir(String path, int mode);

  /** Removes an empty directory: {@link Fs#rmdir(String)}. */
  long rmdir(String path);

  /** Lists a directory: {@link Fs#scandir(String)}. Results in the number of entries. */
  long scandir(String path, FsAnswer answer);

  /** Tells of a file: {@link Fs#stat(String)}. */
  long stat(String path, FsAnswer answer);

  /** Tells of a file or of a link: {@link Fs#lstat(String)}. */
  long lstat(String path, FsAnswer answer);

  /** Tells of an open file: {@link Fs#fstat(int)}. */
  long fstat(int fd, FsAnswer answer);

  /** Gives a file another name: {@link Fs#rename(String, String)}. */
  long rename(String path, String newPath);

  /** Brings an open file to the disk: {@link Fs#fsync(int)}. */
  long fsync(int fd);

  /** Brings an open file's data to the disk: {@link Fs#fdatasync(int)}. */
  long fdatasync(int fd);

  /** Cuts or extends an open file: {@link Fs#ftruncate(int, long)}. */
  long ftruncate(int fd, long length);

  /** Tells what the caller may do: {@link Fs#access(String, int)}. */
  long access(String path, int mode);

  /** Sets permissions: {@link Fs#chmod(String, int)}. */
  long chmod(String path, int mode);

  /** Sets an open file's permissions: {@link Fs#fchmod(int, int)}. */
  long fchmod(int fd, int mode);

  /** Sets times: {@link Fs#utime(String, Uv.Timespec, Uv.Timespec)}. */
  long utime(String path, Uv.Timespec atime, Uv.Timespec mtime);

  /** Sets an open file's times: {@link Fs#futime(int, Uv.Timespec, Uv.Timespec)}. */
  long futime(int fd, Uv.Timespec atime, Uv.Timespec mtime);

  /** Sets times of a file or of a link: {@link Fs#lutime(String, Uv.Timespec, Uv.Timespec)}. */
  long lutime(String path, Uv.Timespec atime, Uv.Timespec mtime);

  /** Gives a file one more name: {@link Fs#link(String, String)}. */
  long link(String path, String newPath);

  /** Makes a symbolic link: {@link Fs#symlink(String, String)}. */
  long symlink(String path, String newPath);

  /** Reads a symbolic link: {@link Fs#readlink(String)}. */
  long readlink(String path, FsAnswer answer);

  /** Resolves all links of a path: {@link Fs#realpath(String)}. */
  long realpath(String path, FsAnswer answer);

  /** Makes a directory with a name of its own: {@link Fs#mkdtemp(String)}. */
  long mkdtemp(String template, FsAnswer answer);

  /** Makes a file with a name of its own: {@link Fs#mkstemp(String)}. Results in a descriptor. */
  long mkstemp(String template, FsAnswer answer);

  /** Opens a directory: {@link Fs#opendir(String)}. */
  long opendir(String path, FsAnswer answer);

  /** Reads a directory on: {@link Fs#readdir(FsDir, int)}. Results in the number of entries. */
  long readdir(FsDir dir, int count, FsAnswer answer);

  /** Closes a directory: {@link Fs#closedir(FsDir)}. */
  long closedir(FsDir dir);

  /** Tells of a file system: {@link Fs#statfs(String)}. */
  long statfs(String path, FsAnswer answer);

  /**
   * Copies between open files: {@link Fs#sendfile(int, int, long, long)}. Results in the number of
   * bytes, 0 at the end.
   */
  long sendfile(int outFd, int inFd, long inOffset, long length);

  /** Sets the owner, -1 to leave it: {@link Fs#chown(String, long, long)}. */
  long chown(String path, long uid, long gid);

  /** Sets an open file's owner: {@link Fs#fchown(int, long, long)}. */
  long fchown(int fd, long uid, long gid);

  /** Sets the owner of a file or of a link: {@link Fs#lchown(String, long, long)}. */
  long lchown(String path, long uid, long gid);

  /** Copies a file: {@link Fs#copyfile(String, String, int)}. The flags are known ones. */
  long copyfile(String path, String newPath, int flags);
}
