// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.minilibuv.fs.FsStatFs;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/** {@code struct statfs}, and which file system it tells of. */
final class StatFsCall {
  private static final int SMB = 0x517B;
  private static final int SMB2 = 0xFE534D42;
  private static final int CIFS = 0xFF534D42;
  private static final long CEPH = 0xC36400;

  private StatFsCall() {}

  static FsStatFs read(MemorySegment told) {
    return new FsStatFs(
        told.get(JAVA_LONG, 0),
        told.get(JAVA_LONG, 8),
        told.get(JAVA_LONG, 72),
        told.get(JAVA_LONG, 16),
        told.get(JAVA_LONG, 24),
        told.get(JAVA_LONG, 32),
        told.get(JAVA_LONG, 40),
        told.get(JAVA_LONG, 48));
  }

  /**
   * Whether a file is on a Windows share ({@code uv__is_cifs_or_smb}, src/unix/fs.c), where some
   * calls fail and mean nothing by it.
   */
  static boolean isShare(FileCalls calls, Scratch scratch, int fd) {
    return switch ((int) typeOf(calls, scratch, fd)) {
      case SMB, SMB2, CIFS -> true;
      default -> false;
    };
  }

  /** Whether a file is on CephFS. */
  static boolean isCeph(FileCalls calls, Scratch scratch, int fd) {
    return typeOf(calls, scratch, fd) == CEPH;
  }

  /** 0 if it cannot be told. */
  private static long typeOf(FileCalls calls, Scratch scratch, int fd) {
    MemorySegment told = scratch.block();
    return calls.fstatfs(scratch, fd, told) == 0 ? told.get(JAVA_LONG, 0) : 0;
  }
}
