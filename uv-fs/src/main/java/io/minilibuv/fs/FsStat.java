// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Uv;

/**
 * What a file system tells of a file ({@code uv_stat_t}, include/uv.h). The components are named as
 * in C, without the {@code st_}.
 *
 * @param dev the device that the file is on
 * @param mode type and permissions, in the bits of {@code S_IFMT} and below
 * @param nlink how many names the file has
 * @param uid who owns it
 * @param gid the group that it belongs to
 * @param rdev what device it is, if it is one
 * @param ino its number on its device
 * @param size bytes; of a symbolic link, of its text
 * @param blksize bytes that are good to read and write at once
 * @param blocks space that it takes, in units of 512 bytes
 * @param flags user flags of BSD; 0 on Linux
 * @param gen generation of the number; 0 on Linux
 * @param atim when it was last read
 * @param mtim when its content was last changed
 * @param ctim when anything of it was last changed
 * @param birthtim when it was made; {@code ctim} where that is not known
 */
public record FsStat(
    long dev,
    int mode,
    long nlink,
    long uid,
    long gid,
    long rdev,
    long ino,
    long size,
    long blksize,
    long blocks,
    long flags,
    long gen,
    Uv.Timespec atim,
    Uv.Timespec mtim,
    Uv.Timespec ctim,
    Uv.Timespec birthtim) {

  /** The bits of {@link #mode} that hold the type. */
  public static final int S_IFMT = 0170000;

  /** A socket. */
  public static final int S_IFSOCK = 0140000;

  /** A symbolic link. */
  public static final int S_IFLNK = 0120000;

  /** A regular file. */
  public static final int S_IFREG = 0100000;

  /** A block device. */
  public static final int S_IFBLK = 0060000;

  /** A directory. */
  public static final int S_IFDIR = 0040000;

  /** A character device. */
  public static final int S_IFCHR = 0020000;

  /** A pipe with a name. */
  public static final int S_IFIFO = 0010000;

  private static final Uv.Timespec NEVER = new Uv.Timespec(0, 0);

  /**
   * What is known of a file of which nothing is known ({@code zero_statbuf}, src/fs-poll.c): zeros.
   */
  public static final FsStat ZERO =
      new FsStat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NEVER, NEVER, NEVER, NEVER);

  private static final double NANOS_PER_SECOND = 1e9;

  /** Whether this is a directory ({@code S_ISDIR}). */
  public boolean isDirectory() {
    return fileType() == S_IFDIR;
  }

  /** Whether this is a regular file ({@code S_ISREG}). */
  public boolean isRegularFile() {
    return fileType() == S_IFREG;
  }

  /** Whether the file position means something: in a file, and on a disk; not in a stream. */
  boolean hasPosition() {
    return isRegularFile() || fileType() == S_IFBLK;
  }

  /** Whether this is a symbolic link ({@code S_ISLNK}): only {@code lstat} tells of one. */
  public boolean isSymbolicLink() {
    return fileType() == S_IFLNK;
  }

  /** One of the {@code S_IF} constants: {@link #mode} without the permissions. */
  public int fileType() {
    return mode & S_IFMT;
  }

  /** What chmod sets: {@link #mode} without the type. */
  public int permissions() {
    return mode & 07777;
  }

  /** Whether this and {@code other} tell of the same file, by device and number. */
  public boolean isSameFileAs(FsStat other) {
    return dev == other.dev && ino == other.ino;
  }

  /**
   * Whether {@link FsPollHandle} takes this for a change after {@code before} ({@code statbuf_eq},
   * src/fs-poll.c, turned round). Reading the file, giving it another name and its blocks are none.
   */
  boolean differsFrom(FsStat before) {
    return !isSameFileAs(before)
        || mode != before.mode
        || uid != before.uid
        || gid != before.gid
        || size != before.size
        || flags != before.flags
        || gen != before.gen
        || !mtim.equals(before.mtim)
        || !ctim.equals(before.ctim)
        || !birthtim.equals(before.birthtim);
  }

  /** The same file, of which only the size is known to be as it is now. */
  FsStat nameless(long sizeNow) {
    return new FsStat(
        dev, mode, 0, uid, gid, rdev, ino, sizeNow, blksize, blocks, flags, gen, atim, mtim, ctim,
        birthtim);
  }

  /**
   * A time in the form that {@link Fs#utime(String, double, double)} takes. It has 53 bits, so that
   * a time of this century is off by up to 120 nanoseconds; {@link Fs#utime(String, Uv.Timespec,
   * Uv.Timespec)} keeps them.
   */
  public static double toSeconds(Uv.Timespec time) {
    return time.seconds() + time.nanoseconds() / NANOS_PER_SECOND;
  }
}
