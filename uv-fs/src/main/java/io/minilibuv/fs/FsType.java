// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import java.util.Locale;

/**
 * The kinds of file system requests, in libuv's order ({@code uv_fs_type}, include/uv.h).
 *
 * <p>It lists kinds that this port has no call for, so that the numbers are those of C.
 */
@AnyThread
public enum FsType {
  UNKNOWN(-1),
  CUSTOM(0),
  OPEN(1),
  CLOSE(2),
  READ(3),
  WRITE(4),
  SENDFILE(5),
  STAT(6),
  LSTAT(7),
  FSTAT(8),
  FTRUNCATE(9),
  UTIME(10),
  FUTIME(11),
  ACCESS(12),
  CHMOD(13),
  FCHMOD(14),
  FSYNC(15),
  FDATASYNC(16),
  UNLINK(17),
  RMDIR(18),
  MKDIR(19),
  MKDTEMP(20),
  RENAME(21),
  SCANDIR(22),
  LINK(23),
  SYMLINK(24),
  READLINK(25),
  CHOWN(26),
  FCHOWN(27),
  REALPATH(28),
  COPYFILE(29),
  LCHOWN(30),
  OPENDIR(31),
  READDIR(32),
  CLOSEDIR(33),
  STATFS(34),
  MKSTEMP(35),
  LUTIME(36);

  private final int number;
  private final String callName;

  FsType(int number) {
    this.number = number;
    this.callName = name().toLowerCase(Locale.ROOT);
  }

  /** The number in C: -1 for {@link #UNKNOWN}, 0 for {@link #CUSTOM}, and so on. */
  public int number() {
    return number;
  }

  /** What follows {@code uv_fs_} in the call's name, such as {@code open}. */
  public String callName() {
    return callName;
  }
}
