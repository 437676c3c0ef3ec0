// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

/**
 * What {@link Fs#open(String, int, int)} and {@link Fs#access(String, int)} take ({@code
 * UV_FS_O_*}, include/uv/unix.h).
 *
 * <p>Differs from C: the numbers are those of Linux on x86, on every system. A backend translates
 * them.
 */
public final class FsFlags {
  /** Open for reading. It is 0, the absence of the next two. */
  public static final int O_RDONLY = 0;

  /** Open for writing. */
  public static final int O_WRONLY = 1;

  /** Open for reading and writing. */
  public static final int O_RDWR = 2;

  /** The bits that hold one of the three above. */
  public static final int O_ACCMODE = 3;

  /** Create the file if it is not there; the mode counts then. */
  public static final int O_CREAT = 0100;

  /** With {@link #O_CREAT}: fail with EEXIST if it is there, be it a dangling link. */
  public static final int O_EXCL = 0200;

  /** Cut the file to 0 bytes. */
  public static final int O_TRUNC = 01000;

  /** Write at the end, whatever offset is asked for. */
  public static final int O_APPEND = 02000;

  /** Each write returns when the data is on the disk. */
  public static final int O_DSYNC = 010000;

  /** Fail with ENOTDIR unless it is a directory. */
  public static final int O_DIRECTORY = 0200000;

  /** Fail with ELOOP if it is a symbolic link. */
  public static final int O_NOFOLLOW = 0400000;

  /** Each write returns when the data, and all that describes the file, is on the disk. */
  public static final int O_SYNC = 04010000;

  /** Is it there? */
  public static final int F_OK = 0;

  /** May it be executed, or searched? */
  public static final int X_OK = 1;

  /** May it be written? */
  public static final int W_OK = 2;

  /** May it be read? */
  public static final int R_OK = 4;

  /** {@code copyfile}: fail with EEXIST if there is a file ({@code UV_FS_COPYFILE_EXCL}). */
  public static final int COPYFILE_EXCL = 1;

  /** {@code copyfile}: share the blocks if that can be ({@code UV_FS_COPYFILE_FICLONE}). */
  public static final int COPYFILE_FICLONE = 2;

  /** {@code copyfile}: share the blocks or fail ({@code UV_FS_COPYFILE_FICLONE_FORCE}). */
  public static final int COPYFILE_FICLONE_FORCE = 4;

  static final int COPYFILE_ALL = COPYFILE_EXCL | COPYFILE_FICLONE | COPYFILE_FICLONE_FORCE;

  private FsFlags() {}
}
