// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The C functions about paths that the backend calls, under their names.
 *
 * <p>Each has a scratch first, for {@code errno}, and gives what C's gives, or a negative error.
 */
interface PathCalls {

  /** Opens a file. */
  int open(Scratch scratch, MemorySegment path, int flags, int mode);

  /** Makes a directory. */
  int mkdir(Scratch scratch, MemorySegment path, int mode);

  /** Removes an empty directory. */
  int rmdir(Scratch scratch, MemorySegment path);

  /** Removes a name. */
  int unlink(Scratch scratch, MemorySegment path);

  /** Gives a file another name. */
  int rename(Scratch scratch, MemorySegment path, MemorySegment newPath);

  /** Gives a file one more name. */
  int link(Scratch scratch, MemorySegment path, MemorySegment newPath);

  /** Makes a symbolic link. */
  int symlink(Scratch scratch, MemorySegment text, MemorySegment newPath);

  /** Reads a link; gives the number of bytes, which no NUL ends. */
  long readlink(Scratch scratch, MemorySegment path, MemorySegment into, long size);

  /** Makes a file and opens it; its name is written over the template. */
  int mkostemp(Scratch scratch, MemorySegment template, int flags);

  /** Tells what the caller may do. */
  int access(Scratch scratch, MemorySegment path, int mode);

  /** Sets permissions. */
  int chmod(Scratch scratch, MemorySegment path, int mode);

  /** Sets the owner. */
  int chown(Scratch scratch, MemorySegment path, int uid, int gid);

  /** Sets the owner of a file or of a link. */
  int lchown(Scratch scratch, MemorySegment path, int uid, int gid);

  /** Sets times: {@link Times}. */
  int utimensat(Scratch scratch, int directory, MemorySegment path, MemorySegment times, int flags);

  /** Tells of a file system: {@link StatFsCall}. */
  int statfs(Scratch scratch, MemorySegment path, MemorySegment into);

  /** Resolves all links; gives the address of a text that the C library's {@code free} takes. */
  long realpath(Scratch scratch, MemorySegment path);

  /** Makes a directory, whose name is written over the template. */
  int mkdtemp(Scratch scratch, MemorySegment template);

  /** Tells of a file: {@link StatCalls}. */
  int statx(
      Scratch scratch, int directory, MemorySegment path, int flags, int mask, MemorySegment into);

  /** Tells of a file on systems without the one above. */
  int newfstatat(Scratch scratch, int directory, MemorySegment path, MemorySegment into, int flags);
}
