// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.linux.ffi.CString;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A buffer of events as the kernel writes them ({@code struct inotify_event}), and the place in it
 * ({@code uv__inotify_read}, src/unix/linux.c).
 */
final class InotifyEvents {
  /** Who watches nothing any more: the events are of no watch, but of the queue itself. */
  static final int NO_WATCH = -1;

  static final int IN_ATTRIB = 0x4;
  private static final int IN_MODIFY = 0x2;
  private static final int IN_MOVED_FROM = 0x40;
  private static final int IN_MOVED_TO = 0x80;
  private static final int IN_CREATE = 0x100;
  private static final int IN_DELETE = 0x200;
  private static final int IN_DELETE_SELF = 0x400;
  private static final int IN_MOVE_SELF = 0x800;
  private static final int IN_Q_OVERFLOW = 0x4000;

  /** What libuv asks for. */
  static final int ALL =
      IN_ATTRIB
          | IN_CREATE
          | IN_MODIFY
          | IN_DELETE
          | IN_DELETE_SELF
          | IN_MOVE_SELF
          | IN_MOVED_FROM
          | IN_MOVED_TO;

  /** As many bytes as libuv reads at once. */
  private static final long SIZE = 4096;

  private static final long MASK = 4;
  private static final long LENGTH = 12;
  private static final long NAME = 16;

  private final MemorySegment bytes;
  private long at;
  private long next;
  private long end;

  InotifyEvents(Arena arena) {
    bytes = arena.allocate(SIZE, ValueLayout.JAVA_INT.byteAlignment());
  }

  /** Reads once; all that was read before is gone. */
  long fill(InotifyCalls calls, Scratch scratch, int fd) {
    long size = calls.read(scratch, fd, bytes, SIZE);
    next = 0;
    end = Math.max(0, size);
    return size;
  }

  /** Goes to the next event; false if there is none. */
  boolean advance() {
    if (next == end) {
      return false;
    }
    at = next;
    next = at + NAME + bytes.get(ValueLayout.JAVA_INT, at + LENGTH);
    return true;
  }

  /** Whose it is. */
  int wd() {
    return bytes.get(ValueLayout.JAVA_INT, at);
  }

  /** Whether the kernel had more to tell than it has kept. */
  boolean isOverflow() {
    return (mask() & IN_Q_OVERFLOW) != 0;
  }

  /** Whether the change is one of content or attributes, or the name's own, or both. */
  int events() {
    int changes = IN_ATTRIB | IN_MODIFY;
    return ((mask() & changes) != 0 ? FsEventHandle.CHANGE : 0)
        | ((mask() & ~changes) != 0 ? FsEventHandle.RENAME : 0);
  }

  /** The entry of the directory that it happened to; null if it was what is watched itself. */
  @Nullable String name() {
    int room = bytes.get(ValueLayout.JAVA_INT, at + LENGTH);
    if (room == 0) {
      return null;
    }
    // NULs fill it up to the next event.
    int length = 0;
    while (length < room && bytes.get(ValueLayout.JAVA_BYTE, at + NAME + length) != 0) {
      length++;
    }
    return CString.read(bytes, at + NAME, length);
  }

  private int mask() {
    return bytes.get(ValueLayout.JAVA_INT, at + MASK);
  }
}
