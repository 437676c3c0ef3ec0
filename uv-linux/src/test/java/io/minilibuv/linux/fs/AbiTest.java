// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsStat;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each processor has of its own, on whatever processor this runs. */
class AbiTest extends FaultFixture {
  /** arch/x86/include/uapi/asm/stat.h. */
  private static final MemoryLayout X86_STAT =
      structLayout(
          JAVA_LONG.withName("dev"),
          JAVA_LONG.withName("ino"),
          JAVA_LONG.withName("nlink"),
          JAVA_INT.withName("mode"),
          JAVA_INT.withName("uid"),
          JAVA_INT.withName("gid"),
          paddingLayout(4),
          JAVA_LONG.withName("rdev"),
          JAVA_LONG.withName("size"),
          JAVA_LONG.withName("blksize"),
          JAVA_LONG.withName("blocks"),
          JAVA_LONG.withName("atime"),
          JAVA_LONG.withName("atime_nsec"),
          JAVA_LONG.withName("mtime"),
          JAVA_LONG.withName("mtime_nsec"),
          JAVA_LONG.withName("ctime"),
          JAVA_LONG.withName("ctime_nsec"),
          paddingLayout(24));

  /** include/uapi/asm-generic/stat.h. */
  private static final MemoryLayout ARM_STAT =
      structLayout(
          JAVA_LONG.withName("dev"),
          JAVA_LONG.withName("ino"),
          JAVA_INT.withName("mode"),
          JAVA_INT.withName("nlink"),
          JAVA_INT.withName("uid"),
          JAVA_INT.withName("gid"),
          JAVA_LONG.withName("rdev"),
          paddingLayout(8),
          JAVA_LONG.withName("size"),
          JAVA_INT.withName("blksize"),
          paddingLayout(4),
          JAVA_LONG.withName("blocks"),
          JAVA_LONG.withName("atime"),
          JAVA_LONG.withName("atime_nsec"),
          JAVA_LONG.withName("mtime"),
          JAVA_LONG.withName("mtime_nsec"),
          JAVA_LONG.withName("ctime"),
          JAVA_LONG.withName("ctime_nsec"),
          paddingLayout(8));

  private static final FsStat STAT =
      new FsStat(
          0x1234_5678_9ABC_DEF0L,
          FsStat.S_IFREG | 0640,
          3,
          0xFFFF_FFFEL,
          0x8000_0001L,
          0x0FED_CBA9_8765_4321L,
          0x7000_0000_0000_0005L,
          0x6000_0000_0000_0006L,
          4096,
          0x5000_0000_0000_0008L,
          0,
          0,
          new Uv.Timespec(-9, 10),
          new Uv.Timespec(0x4000_0000_0000_000BL, 999_999_999),
          new Uv.Timespec(13, 14),
          new Uv.Timespec(13, 14));

  /** Fills what is between the fields with ones, which nobody may read. */
  private static void write(MemorySegment memory, MemoryLayout layout) {
    memory.asSlice(0, layout.byteSize()).fill((byte) 0xFF);
    set(memory, layout, "dev", STAT.dev());
    set(memory, layout, "ino", STAT.ino());
    set(memory, layout, "nlink", STAT.nlink());
    set(memory, layout, "mode", STAT.mode());
    set(memory, layout, "uid", STAT.uid());
    set(memory, layout, "gid", STAT.gid());
    set(memory, layout, "rdev", STAT.rdev());
    set(memory, layout, "size", STAT.size());
    set(memory, layout, "blksize", STAT.blksize());
    set(memory, layout, "blocks", STAT.blocks());
    set(memory, layout, "atime", STAT.atim());
    set(memory, layout, "mtime", STAT.mtim());
    set(memory, layout, "ctime", STAT.ctim());
  }

  private static void set(MemorySegment memory, MemoryLayout layout, String field, long value) {
    long at = layout.byteOffset(groupElement(field));
    if (layout.select(groupElement(field)) instanceof ValueLayout.OfInt) {
      memory.set(JAVA_INT, at, (int) value);
    } else {
      memory.set(JAVA_LONG, at, value);
    }
  }

  private static void set(
      MemorySegment memory, MemoryLayout layout, String field, Uv.Timespec value) {
    set(memory, layout, field, value.seconds());
    set(memory, layout, field + "_nsec", value.nanoseconds());
  }

  @ParameterizedTest
  @EnumSource
  void eachHasAStatOfItsOwn(Abi abi) {
    MemoryLayout layout = abi == Abi.X86_64 ? X86_STAT : ARM_STAT;
    assertThat(layout.byteSize()).isEqualTo(abi == Abi.X86_64 ? 144 : 128);
    calls.fail("statx", UvError.ENOSYS);
    calls.answer(
        "newfstatat",
        arguments -> {
          write((MemorySegment) arguments[3], layout);
          return 0;
        });
    FsAnswer answer = new FsAnswer();
    done(calls.backend(abi).stat(at("any"), answer));
    assertThat(answer.stat()).isEqualTo(STAT);
  }

  /** arch/x86/entry/syscalls/syscall_64.tbl. */
  @Test
  void theNumbersOfX86() {
    assertThat(Abi.X86_64.getdents64).isEqualTo(217);
    assertThat(Abi.X86_64.newfstatat).isEqualTo(262);
    assertThat(Abi.X86_64.copyFileRange).isEqualTo(326);
    assertThat(Abi.X86_64.statx).isEqualTo(332);
  }

  /** include/uapi/asm-generic/unistd.h, which arm64 has whole. */
  @Test
  void theNumbersOfArm() {
    assertThat(Abi.AARCH64.getdents64).isEqualTo(61);
    assertThat(Abi.AARCH64.newfstatat).isEqualTo(79);
    assertThat(Abi.AARCH64.copyFileRange).isEqualTo(285);
    assertThat(Abi.AARCH64.statx).isEqualTo(291);
  }
}
