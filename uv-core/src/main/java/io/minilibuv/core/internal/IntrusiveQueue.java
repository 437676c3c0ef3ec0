// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list whose links live in its elements ({@code struct uv__queue}, src/queue.h).
 *
 * <p>Every operation is O(1) and allocates nothing, and an element can leave without knowing which
 * queue it is in; that is what lets a callback stop a handle that the pass has not reached yet. An
 * element that is to be in two queues has two nodes. Not thread-safe.
 *
 * @param <T> what the nodes belong to
 */
public final class IntrusiveQueue<T> {

  /** One element's place in a queue. A node that is in no queue is linked to itself. */
  public static final class Node<T> {
    private final @Nullable T owner;
    private Node<T> prev = this;
    private Node<T> next = this;

    /** Makes a node that is in no queue ({@code uv__queue_init}). */
    public Node(T owner) {
      this.owner = owner;
    }

    private Node() {
      this.owner = null;
    }

    /** Whether this node is in a queue. */
    public boolean isLinked() {
      return next != this;
    }

    /** Takes this node out of its queue, if it is in one ({@code uv__queue_remove}). */
    public void remove() {
      prev.next = next;
      next.prev = prev;
      prev = this;
      next = this;
    }

    private void linkBetween(Node<T> before, Node<T> after) {
      if (isLinked()) {
        throw new IllegalStateException("already in a queue: " + owner);
      }
      prev = before;
      next = after;
      before.next = this;
      after.prev = this;
    }
  }

  private final Node<T> sentinel = new Node<>();

  /** Whether nothing is queued. */
  public boolean isEmpty() {
    return !sentinel.isLinked();
  }

  /** Puts {@code node} first. */
  public void insertHead(Node<T> node) {
    node.linkBetween(sentinel, sentinel.next);
  }

  /** Puts {@code node} last. */
  public void insertTail(Node<T> node) {
    node.linkBetween(sentinel.prev, sentinel);
  }

  /** The first element, which stays queued, or null. */
  public @Nullable T peek() {
    return sentinel.next.owner;
  }

  /** The element that is alone in this queue, or null if there are none or more. */
  public @Nullable T only() {
    Node<T> first = sentinel.next;
    return first == sentinel.prev ? first.owner : null;
  }

  /** Removes the first element and gives it, or null if there is none. */
  public @Nullable T poll() {
    Node<T> first = sentinel.next;
    first.remove();
    return first.owner;
  }

  /** The element after {@code node}, or null at the end: for walks that change nothing. */
  public @Nullable T after(Node<T> node) {
    return node.next.owner;
  }

  /** Puts all of {@code other} before what is here, in its order, and leaves it empty. */
  public void prependAll(IntrusiveQueue<T> other) {
    splice(other, sentinel, sentinel.next);
  }

  /** Puts all of {@code other} behind what is here, in its order, and leaves it empty. */
  public void appendAll(IntrusiveQueue<T> other) {
    splice(other, sentinel.prev, sentinel);
  }

  private void splice(IntrusiveQueue<T> other, Node<T> before, Node<T> after) {
    if (other.isEmpty()) {
      return;
    }
    Node<T> first = other.sentinel.next;
    Node<T> last = other.sentinel.prev;
    other.sentinel.next = other.sentinel;
    other.sentinel.prev = other.sentinel;
    before.next = first;
    first.prev = before;
    last.next = after;
    after.prev = last;
  }
}
