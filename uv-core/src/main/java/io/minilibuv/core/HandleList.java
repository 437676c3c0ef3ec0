// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.core.internal.IntrusiveQueue;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * All handles of one loop in the order of their making, closing ones included ({@code
 * handle_queue}).
 */
final class HandleList {
  private final IntrusiveQueue<Handle> handles = new IntrusiveQueue<>();
  private int walks;

  void add(Handle handle) {
    handles.insertTail(handle.handleQueue);
  }

  /** Visits those that are not the library's own ({@code uv_walk}, src/uv-common.c). */
  void walk(Consumer<? super Handle> visitor) {
    IntrusiveQueue<Handle> unvisited = new IntrusiveQueue<>();
    unvisited.appendAll(handles);
    walks++;
    try {
      for (Handle handle; (handle = unvisited.poll()) != null; ) {
        handles.insertTail(handle.handleQueue);
        if (!handle.isInternal()) {
          visitor.accept(handle);
        }
      }
    } finally {
      walks--;
      handles.appendAll(unvisited);
    }
  }

  /**
   * Fails if a walk is going on: its visitor sees the handles taken aside, and whoever counted them
   * then would find too few.
   */
  void requireNotWalking() {
    if (walks > 0) {
      throw new IllegalStateException("not from a visitor of walk");
    }
  }

  /** Those that are not the library's own, which are what keeps a loop from being closed. */
  List<Handle> ofUser() {
    List<Handle> found = new ArrayList<>();
    for (Handle h = handles.peek(); h != null; h = handles.after(h.handleQueue)) {
      if (!h.isInternal()) {
        found.add(h);
      }
    }
    return found;
  }

  void print(PrintStream stream, boolean onlyActive) {
    for (Handle h = handles.peek(); h != null; h = handles.after(h.handleQueue)) {
      if (!onlyActive || h.isActive()) {
        stream.println(h);
      }
    }
  }
}
