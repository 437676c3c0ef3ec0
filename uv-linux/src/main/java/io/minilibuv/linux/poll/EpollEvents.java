// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.core.IoWatcher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/**
 * An array of {@code struct epoll_event}, each with the number of its descriptor as data.
 *
 * <p>The numbers here are the kernel's for all architectures that a JDK with {@code
 * java.lang.foreign} runs on (include/uapi/linux/eventpoll.h); {@code CLOEXEC} and {@code NONBLOCK}
 * are those of include/uapi/asm-generic/fcntl.h, from which neither x86-64, arm64, riscv, ppc64 nor
 * s390 departs.
 */
final class EpollEvents {
  static final int CLOEXEC = 0x80000;
  static final int NONBLOCK = 0x800;

  static final int ADD = 1;
  static final int DELETE = 2;
  static final int MODIFY = 3;

  static final int IN = 0x1;
  static final int PRIORITY = 0x2;
  static final int OUT = 0x4;
  static final int ERROR = 0x8;
  static final int HANGUP = 0x10;
  static final int READ_HANGUP = 0x2000;
  static final int EDGE_TRIGGERED = 1 << 31;

  private static final boolean PACKED = isPacked(System.getProperty("os.arch", ""));

  private final MemorySegment memory;
  private final long size;
  private final long data;

  EpollEvents(Arena arena, int capacity) {
    this(arena, capacity, PACKED);
  }

  EpollEvents(Arena arena, int capacity, boolean packed) {
    data = packed ? 4 : 8;
    size = packed ? 12 : 16;
    memory = arena.allocate(size * capacity, 8);
  }

  /** The structure has no padding on x86-64, so that its data begins at 4 and not at 8. */
  static boolean isPacked(String osArch) {
    return switch (osArch.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> true;
      default -> false;
    };
  }

  /** The array, for a call. */
  MemorySegment memory() {
    return memory;
  }

  int events(int index) {
    return memory.get(ValueLayout.JAVA_INT, index * size);
  }

  int fd(int index) {
    return memory.get(ValueLayout.JAVA_INT, index * size + data);
  }

  /** Fills the first one, and gives it for a call. */
  MemorySegment first(int events, int fd) {
    memory.set(ValueLayout.JAVA_INT, 0, events);
    memory.set(ValueLayout.JAVA_INT, data, fd);
    return memory;
  }

  /** What the kernel is to be asked for, of what a watcher asks for. */
  static int ofWatcher(int events) {
    return bit(events, IoWatcher.READABLE, IN)
        | bit(events, IoWatcher.WRITABLE, OUT)
        | bit(events, IoWatcher.DISCONNECT, READ_HANGUP)
        | bit(events, IoWatcher.PRIORITIZED, PRIORITY);
  }

  /** What a watcher is told, of what the kernel tells. */
  static int toWatcher(int events) {
    return bit(events, IN, IoWatcher.READABLE)
        | bit(events, OUT, IoWatcher.WRITABLE)
        | bit(events, READ_HANGUP, IoWatcher.DISCONNECT)
        | bit(events, PRIORITY, IoWatcher.PRIORITIZED)
        | bit(events, ERROR, IoWatcher.ERROR)
        | bit(events, HANGUP, IoWatcher.HANGUP);
  }

  private static int bit(int events, int from, int to) {
    return (events & from) != 0 ? to : 0;
  }
}
