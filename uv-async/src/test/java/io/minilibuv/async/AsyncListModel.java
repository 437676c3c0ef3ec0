// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A loop's async handles beside a list of them, which a pass goes through as C's does. Each
 * callback must be the one that the list comes to next, and then does by chance what callbacks do:
 * makes handles, closes some, sends, throws.
 */
final class AsyncListModel {

  /** A handle, and what the list knows of it. */
  private static final class Node {
    private final int number;
    private @Nullable AsyncHandle handle;
    private boolean pending;

    /** The last wake-up that came by here, or was the last when this was made. */
    private int visitedIn;

    Node(int number, int visitedIn) {
      this.number = number;
      this.visitedIn = visitedIn;
    }

    AsyncHandle handle() {
      return Objects.requireNonNull(handle);
    }

    @Override
    public String toString() {
      return "handle " + number;
    }
  }

  /** What a callback throws. */
  private static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final Loop loop;
  private final Random random;
  private final List<Node> all = new ArrayList<>();
  private final Deque<Node> visited = new ArrayDeque<>();
  private final Deque<Node> unvisited = new ArrayDeque<>();
  private @Nullable Node thrower;
  private @Nullable Node start;
  private boolean woken;
  private int wakeup;
  private int made;

  private AsyncListModel(Loop loop, Random random) {
    this.loop = loop;
    this.random = random;
  }

  /** Plays {@code rounds} rounds, beginning with {@code count} handles. */
  static void play(int count, int rounds, long seed) {
    try (Loop loop = Loop.open()) {
      AsyncListModel model = new AsyncListModel(loop, new Random(seed));
      try {
        // One that is never closed keeps the loop alive.
        AsyncHandle anchor = AsyncHandle.init(loop, null);
        for (int i = 0; i < count; i++) {
          model.make(false);
        }
        for (int round = 0; round < rounds; round++) {
          model.round();
        }
        anchor.close();
        model.all.forEach(node -> node.handle().close());
        loop.run();
      } catch (AssertionError | RuntimeException e) {
        model.all.forEach(node -> node.handle().close());
        loop.shutdown();
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void round() {
    for (int i = random.nextInt(6); i > 0; i--) {
      act();
    }
    begin();
    try {
      loop.run(RunMode.NOWAIT);
    } catch (Thrown e) {
      return;
    }
    assertThat(next()).as("who was left out").isNull();
  }

  private void called(Node node) {
    assertThat(node).isSameAs(next());
    for (int i = random.nextInt(4); i > 0; i--) {
      act();
    }
    if (random.nextInt(6) == 0) {
      visited.addAll(unvisited);
      unvisited.clear();
      thrower = node;
      woken |= visited.stream().anyMatch(each -> each.pending);
      throw new Thrown();
    }
  }

  private void act() {
    int kind = random.nextInt(20);
    if (kind < 5) {
      make(kind == 0 && random.nextInt(4) == 0);
    } else if (!all.isEmpty()) {
      Node node = all.get(place());
      if (kind < 9) {
        close(node);
      } else {
        send(node);
      }
    }
  }

  /** Any, or one that is near a border, if it has not moved much. */
  private int place() {
    int border = new int[] {0, 16, 64, 4_096, all.size()}[random.nextInt(5)];
    int near = border + random.nextInt(9) - 4;
    return near >= 0 && near < all.size() ? near : random.nextInt(all.size());
  }

  private void make(boolean first) {
    Node node = new Node(made++, wakeup);
    node.handle =
        first
            ? InternalAsyncHandle.init(loop, handle -> called(node))
            : AsyncHandle.init(loop, handle -> called(node));
    all.add(node);
    if (first) {
      visited.addFirst(node);
    } else {
      visited.addLast(node);
    }
  }

  private void close(Node node) {
    node.handle().close();
    node.pending = false;
    all.remove(node);
    visited.remove(node);
    unvisited.remove(node);
  }

  private void send(Node node) {
    node.handle().send();
    woken |= !node.pending;
    node.pending = true;
  }

  /** A pass begins, if there was a wake-up: behind who has thrown, if that is still there. */
  private void begin() {
    if (!woken) {
      return;
    }
    woken = false;
    wakeup++;
    start = visited.contains(thrower) ? thrower : null;
    thrower = null;
    unvisited.addAll(visited);
    visited.clear();
    while (start != null && !visited.contains(start)) {
      visited.addLast(unvisited.removeFirst());
    }
  }

  /** Who is called next in this pass. */
  private @Nullable Node next() {
    for (; ; ) {
      Node node = unvisited.pollFirst();
      if (node == null) {
        if (start == null) {
          return null;
        }
        start = null;
        unvisited.addAll(visited);
        visited.clear();
        continue;
      }
      visited.addLast(node);
      if (node.visitedIn != wakeup) {
        node.visitedIn = wakeup;
        if (node.pending) {
          node.pending = false;
          return node;
        }
      }
    }
  }
}
