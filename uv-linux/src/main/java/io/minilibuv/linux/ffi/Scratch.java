// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Native memory for the arguments and answers of one call at a time, so that a call allocates
 * nothing.
 *
 * <p>A thread takes one for the time of a call ({@code try (Scratch scratch = Scratch.take())}),
 * and must not take a second one within.
 */
public final class Scratch implements AutoCloseable {
  /*
   * A worker or a loop has one of its own, for as long as it lives; after that, a garbage collection
   * gives the memory back. Virtual threads come in hundreds of thousands, so they share: at any
   * moment no more of them are in a call than the scheduler has carriers.
   *
   * It is of the C library's heap. What an Arena allocates counts as direct memory, and where users'
   * buffers have taken all that there may be of that, no call could be made. Each piece is an arena
   * of its own, so that nobody keeps bytes that were too small.
   */
  private static final ThreadLocal<Scratch> OWN = ThreadLocal.withInitial(() -> new Scratch(false));
  private static final ConcurrentLinkedDeque<Scratch> SHARED = new ConcurrentLinkedDeque<>();

  /** The longest path that the system takes: PATH_MAX without its NUL. */
  private static final int PATH_LENGTH = 4095;

  private static final int PATH_BYTES = PATH_LENGTH * CString.MAX_BYTES_PER_CHAR + 1;

  private static final int LEAST_BYTES = 4096;

  private final boolean shared;

  /** Whether a call is using it. */
  private boolean taken;

  private final MemorySegment errno = allocate(Native.CALL_STATE.byteSize());
  private final MemorySegment block = allocate(512);
  private @Nullable MemorySegment path;
  private @Nullable MemorySegment secondPath;
  private @Nullable MemorySegment bytes;

  /** Paths for which there is no room above, until the call is over. */
  private final List<MemorySegment> tooLong = new ArrayList<>();

  private Scratch(boolean shared) {
    this.shared = shared;
  }

  /** Memory that goes when nobody has it any more. As all of the C library's, it is on 16 bytes. */
  @SuppressWarnings("restricted") // it is given back once, when its arena is collected
  private static MemorySegment allocate(long size) {
    MemorySegment memory = Memory.allocate(size);
    if (Memory.isNull(memory)) {
      throw new OutOfMemoryError("no memory for a call");
    }
    return memory.reinterpret(size, Arena.ofAuto(), Memory::free);
  }

  /** The calling thread's. */
  public static Scratch take() {
    Scratch scratch = Thread.currentThread().isVirtual() ? takeShared() : OWN.get();
    // What a second one within leaves in it would be the first one's.
    assert !scratch.taken : "a scratch is taken within another call";
    scratch.taken = true;
    return scratch;
  }

  private static Scratch takeShared() {
    Scratch scratch = SHARED.pollFirst();
    return scratch != null ? scratch : new Scratch(true);
  }

  @Override
  public void close() {
    taken = false;
    for (MemorySegment memory : tooLong) {
      Memory.free(memory);
    }
    tooLong.clear();
    if (shared) {
      SHARED.addFirst(this);
    }
  }

  /** Where a call leaves its {@code errno}: the first argument of every {@link Native} function. */
  public MemorySegment errno() {
    return errno;
  }

  /** 512 bytes on a boundary of 16, for a structure. */
  public MemorySegment block() {
    return block;
  }

  /**
   * {@code text} as C has it, with a NUL at its end.
   *
   * @throws UnencodableException if there is no such path
   */
  public MemorySegment path(String text) throws UnencodableException {
    MemorySegment segment = path;
    if (segment == null) {
      segment = allocate(PATH_BYTES);
      path = segment;
    }
    return write(text, segment);
  }

  /**
   * A second one, for calls with two paths.
   *
   * @throws UnencodableException if there is no such path
   */
  public MemorySegment secondPath(String text) throws UnencodableException {
    MemorySegment segment = secondPath;
    if (segment == null) {
      segment = allocate(PATH_BYTES);
      secondPath = segment;
    }
    return write(text, segment);
  }

  /** At least {@code size} bytes; what was in them before is lost when they have to grow. */
  public MemorySegment bytes(long size) {
    MemorySegment segment = bytes;
    if (segment == null || segment.byteSize() < size) {
      segment = allocate(Long.highestOneBit(Math.max(size, LEAST_BYTES) * 2 - 1));
      bytes = segment;
    }
    return segment;
  }

  /** What is longer than a path can be goes into memory of its own: the system will say so. */
  private MemorySegment write(String text, MemorySegment segment) throws UnencodableException {
    MemorySegment to = segment;
    if (text.length() > PATH_LENGTH) {
      to = Memory.allocate((long) text.length() * CString.MAX_BYTES_PER_CHAR + 1);
      if (Memory.isNull(to)) {
        throw new OutOfMemoryError("no memory for a path of " + text.length() + " chars");
      }
      tooLong.add(to);
    }
    CString.write(text, to);
    return to;
  }
}
