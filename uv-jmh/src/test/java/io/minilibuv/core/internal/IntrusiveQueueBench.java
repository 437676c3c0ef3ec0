// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The queue whose links are in its elements, beside the JDK's, which has an array. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class IntrusiveQueueBench {
  /** What is queued. */
  private static final class Element {
    final IntrusiveQueue.Node<Element> node = new IntrusiveQueue.Node<>(this);
  }

  @Param({"10", "1000", "100000"})
  int size;

  private final IntrusiveQueue<Element> queue = new IntrusiveQueue<>();
  private final ArrayDeque<Element> deque = new ArrayDeque<>();
  private Element[] elements;
  private int next;

  @Setup
  public void setUp() {
    elements = new Element[size];
    for (int i = 0; i < size; i++) {
      elements[i] = new Element();
      queue.insertTail(elements[i].node);
      deque.addLast(elements[i]);
    }
  }

  /** The first leaves, and comes last: what a pass does with each handle. */
  @Benchmark
  public Object rotate() {
    Element first = queue.poll();
    queue.insertTail(first.node);
    return first;
  }

  /** The same as rotate. */
  @Benchmark
  public Object arrayDequeRotate() {
    Element first = deque.pollFirst();
    deque.addLast(first);
    return first;
  }

  /** One leaves from the middle, and comes last: a handle is stopped and started. */
  @Benchmark
  public Object leave() {
    Element element = middle();
    element.node.remove();
    queue.insertTail(element.node);
    return element;
  }

  /** The same as leave. */
  @Benchmark
  public Object arrayDequeLeave() {
    Element element = middle();
    deque.removeFirstOccurrence(element);
    deque.addLast(element);
    return element;
  }

  private Element middle() {
    next = (int) ((next + 7919L) % size);
    return elements[next];
  }
}
