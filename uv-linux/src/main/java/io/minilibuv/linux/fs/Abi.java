// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What differs between the processors that Linux runs on: numbers of system calls, of flags, and
 * the layout of {@code struct stat}. All else is the same on 64 bits.
 */
enum Abi {
  X86_64(332, 326, 217, 262),
  AARCH64(291, 285, 61, 79);

  private static final int X86_DIRECT = 0040000;
  private static final int X86_LARGEFILE = 0100000;
  private static final int X86_DIRECTORY = 0200000;
  private static final int X86_NOFOLLOW = 0400000;
  private static final int X86_OWN = X86_DIRECT | X86_LARGEFILE | X86_DIRECTORY | X86_NOFOLLOW;

  private static final int ARM_DIRECTORY = 0040000;
  private static final int ARM_NOFOLLOW = 0100000;
  private static final int ARM_DIRECT = 0200000;
  private static final int ARM_LARGEFILE = 0400000;

  final long statx;
  final long copyFileRange;
  final long getdents64;
  final long newfstatat;

  Abi(long statx, long copyFileRange, long getdents64, long newfstatat) {
    this.statx = statx;
    this.copyFileRange = copyFileRange;
    this.getdents64 = getdents64;
    this.newfstatat = newfstatat;
  }

  /** That of the processor that Java calls {@code osArch}; null if it is not one of these. */
  static @Nullable Abi of(String osArch) {
    return switch (osArch.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> X86_64;
      case "aarch64", "arm64" -> AARCH64;
      default -> null;
    };
  }

  /** Flags of {@code open} as the system has them; those of {@code FsFlags} are x86's. */
  int openFlags(int flags) {
    if (this == X86_64 || (flags & X86_OWN) == 0) {
      return flags;
    }
    return (flags & ~X86_OWN)
        | moved(flags, X86_DIRECT, ARM_DIRECT)
        | moved(flags, X86_LARGEFILE, ARM_LARGEFILE)
        | moved(flags, X86_DIRECTORY, ARM_DIRECTORY)
        | moved(flags, X86_NOFOLLOW, ARM_NOFOLLOW);
  }

  private static int moved(int flags, int from, int to) {
    return (flags & from) != 0 ? to : 0;
  }
}
