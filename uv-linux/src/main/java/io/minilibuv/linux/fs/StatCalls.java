// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.minilibuv.core.Uv;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsStat;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What is known of a file, by {@code statx}; by {@code newfstatat} where a kernel or a filter has
 * no {@code statx} ({@code uv__fs_statx}, src/unix/fs.c).
 */
final class StatCalls {
  static final int AT_FDCWD = -100;
  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_EMPTY_PATH = 0x1000;

  private static final int BIRTH = 0x800;
  private static final int BASIC_AND_BIRTH = 0x7FF | BIRTH;

  /** The empty text. */
  private static final MemorySegment NO_PATH = Arena.global().allocate(1);

  private final FileCalls calls;
  private final Abi abi;

  /** Set for good by the first call that says so, as in C. Threads that miss it ask once more. */
  private volatile boolean withoutStatx;

  StatCalls(FileCalls calls, Abi abi) {
    this.calls = calls;
    this.abi = abi;
  }

  /**
   * Tells of what {@code path} leads to, or of the link itself with {@link #AT_SYMLINK_NOFOLLOW}.
   */
  long stat(Scratch scratch, MemorySegment path, int flags, FsAnswer answer) {
    return stat(scratch, AT_FDCWD, path, flags, answer);
  }

  /** Tells of an open file. */
  long fstat(Scratch scratch, int fd, FsAnswer answer) {
    return stat(scratch, fd, NO_PATH, AT_EMPTY_PATH, answer);
  }

  private long stat(
      Scratch scratch, int directory, MemorySegment path, int flags, FsAnswer answer) {
    MemorySegment told = scratch.block();
    if (!withoutStatx) {
      long result = calls.statx(scratch, directory, path, flags, BASIC_AND_BIRTH, told);
      if (result == 0) {
        answer.stat(ofStatx(told));
        return 0;
      }
      if (!isUnsupported(result)) {
        return result;
      }
      withoutStatx = true;
    }
    long result = calls.newfstatat(scratch, directory, path, told, flags);
    if (result == 0) {
      answer.stat(ofStat(told));
    }
    return result;
  }

  /** Old seccomp filters answer EPERM, some file systems from elsewhere EOPNOTSUPP. */
  private static boolean isUnsupported(long result) {
    return result > 0
        || result == Errors.EINVAL
        || result == Errors.EPERM
        || result == Errors.ENOSYS
        || result == Errors.ENOTSUP;
  }

  /** {@code struct statx}, which is the same everywhere ({@code uv__statx_to_stat}). */
  private static FsStat ofStatx(MemorySegment told) {
    Uv.Timespec ctim = timeOfStatx(told, 96);
    return new FsStat(
        device(told, 136),
        Short.toUnsignedInt(told.get(JAVA_SHORT, 28)),
        unsigned(told, 16),
        unsigned(told, 20),
        unsigned(told, 24),
        device(told, 128),
        told.get(JAVA_LONG, 32),
        told.get(JAVA_LONG, 40),
        unsigned(told, 4),
        told.get(JAVA_LONG, 48),
        0,
        0,
        timeOfStatx(told, 64),
        timeOfStatx(told, 112),
        ctim,
        (told.get(JAVA_INT, 0) & BIRTH) != 0 ? timeOfStatx(told, 80) : ctim);
  }

  /** {@code makedev}: the number that {@code struct stat} has for a device. */
  private static long device(MemorySegment told, long at) {
    long major = unsigned(told, at);
    long minor = unsigned(told, at + 4);
    return ((major & 0xFFFF_F000L) << 32)
        | ((major & 0xFFF) << 8)
        | ((minor & 0xFFFF_FF00L) << 12)
        | (minor & 0xFF);
  }

  private static Uv.Timespec timeOfStatx(MemorySegment told, long at) {
    return new Uv.Timespec(told.get(JAVA_LONG, at), told.get(JAVA_INT, at + 8));
  }

  /** {@code struct stat}, which begins and ends alike: what is between is each processor's own. */
  private FsStat ofStat(MemorySegment told) {
    boolean x86 = abi == Abi.X86_64;
    Uv.Timespec ctim = timeOfStat(told, 104);
    return new FsStat(
        told.get(JAVA_LONG, 0),
        told.get(JAVA_INT, x86 ? 24 : 16),
        x86 ? told.get(JAVA_LONG, 16) : unsigned(told, 20),
        unsigned(told, x86 ? 28 : 24),
        unsigned(told, x86 ? 32 : 28),
        told.get(JAVA_LONG, x86 ? 40 : 32),
        told.get(JAVA_LONG, 8),
        told.get(JAVA_LONG, 48),
        x86 ? told.get(JAVA_LONG, 56) : told.get(JAVA_INT, 56),
        told.get(JAVA_LONG, 64),
        0,
        0,
        timeOfStat(told, 72),
        timeOfStat(told, 88),
        ctim,
        ctim);
  }

  private static Uv.Timespec timeOfStat(MemorySegment told, long at) {
    return new Uv.Timespec(told.get(JAVA_LONG, at), (int) told.get(JAVA_LONG, at + 8));
  }

  private static long unsigned(MemorySegment told, long at) {
    return Integer.toUnsignedLong(told.get(JAVA_INT, at));
  }
}
