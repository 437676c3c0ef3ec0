// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The C functions about open files that the backend calls, under their names.
 *
 * <p>Each has a scratch first, for {@code errno}, and gives what C's gives, or a negative error.
 */
interface OpenFileCalls {

  /** Closes a descriptor. */
  int close(Scratch scratch, int fd);

  /** Reads at the file position. */
  long read(Scratch scratch, int fd, MemorySegment into, long size);

  /** Reads at an offset. */
  long pread(Scratch scratch, int fd, MemorySegment into, long size, long offset);

  /** Reads into several places: {@link IoVectors}. */
  long readv(Scratch scratch, int fd, MemorySegment vectors, int count);

  /** Reads into several places at an offset. */
  long preadv(Scratch scratch, int fd, MemorySegment vectors, int count, long offset);

  /** Writes at the file position. */
  long write(Scratch scratch, int fd, MemorySegment from, long size);

  /** Writes at an offset. */
  long pwrite(Scratch scratch, int fd, MemorySegment from, long size, long offset);

  /** Writes from several places. */
  long writev(Scratch scratch, int fd, MemorySegment vectors, int count);

  /** Writes from several places at an offset. */
  long pwritev(Scratch scratch, int fd, MemorySegment vectors, int count, long offset);

  /** Brings a file to the disk. */
  int fsync(Scratch scratch, int fd);

  /** Brings a file's data to the disk. */
  int fdatasync(Scratch scratch, int fd);

  /** Cuts or extends a file. */
  int ftruncate(Scratch scratch, int fd, long length);

  /** Sets permissions. */
  int fchmod(Scratch scratch, int fd, int mode);

  /** Sets the owner. */
  int fchown(Scratch scratch, int fd, int uid, int gid);

  /** Sets times: {@link Times}. */
  int futimens(Scratch scratch, int fd, MemorySegment times);

  /** Tells of a file system: {@link StatFsCall}. */
  int fstatfs(Scratch scratch, int fd, MemorySegment into);

  /** Copies from an offset, which moves, to the file position. */
  long sendfile(Scratch scratch, int outFd, int inFd, MemorySegment inOffset, long length);

  /** Does what a device or file system has beyond the other calls. */
  int ioctl(Scratch scratch, int fd, long request, int argument);

  /** Waits until something is ready. */
  int poll(Scratch scratch, MemorySegment descriptors, long count, int timeout);

  /** Copies from an offset, which moves, to the file position, within file systems that can. */
  long copyFileRange(Scratch scratch, int inFd, MemorySegment inOffset, int outFd, long length);

  /** Reads entries of a directory: {@link DirectoryEntries}. */
  long getdents64(Scratch scratch, int fd, MemorySegment into, long size);
}
