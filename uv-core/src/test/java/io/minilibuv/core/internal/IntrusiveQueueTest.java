// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The queue, by its rules and against lists that are told the same. */
class IntrusiveQueueTest {
  private final IntrusiveQueue<Element> queue = new IntrusiveQueue<>();

  private static final class Element {
    final String name;
    final IntrusiveQueue.Node<Element> node = new IntrusiveQueue.Node<>(this);

    Element(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private final Element a = new Element("a");
  private final Element b = new Element("b");
  private final Element c = new Element("c");

  private static List<Element> listOf(IntrusiveQueue<Element> queue) {
    List<Element> list = new ArrayList<>();
    for (Element e = queue.peek(); e != null; e = queue.after(e.node)) {
      list.add(e);
    }
    return list;
  }

  @Test
  void anEmptyQueueHasNothing() {
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.peek()).isNull();
    assertThat(queue.only()).isNull();
    assertThat(queue.poll()).isNull();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void itTellsWhoIsAlone() {
    queue.insertTail(a.node);
    assertThat(queue.only()).isSameAs(a);
    queue.insertHead(b.node);
    assertThat(queue.only()).isNull();
    a.node.remove();
    assertThat(queue.only()).isSameAs(b);
    assertThat(b.node.isLinked()).isTrue();
  }

  @Test
  void itHasAHeadAndATail() {
    queue.insertTail(b.node);
    queue.insertTail(c.node);
    queue.insertHead(a.node);
    assertThat(listOf(queue)).containsExactly(a, b, c);
    assertThat(queue.peek()).isSameAs(a);
    assertThat(queue.poll()).isSameAs(a);
    assertThat(queue.poll()).isSameAs(b);
    assertThat(queue.poll()).isSameAs(c);
    assertThat(queue.poll()).isNull();
  }

  @Test
  void aNodeKnowsWhetherItIsQueued() {
    assertThat(a.node.isLinked()).isFalse();
    queue.insertTail(a.node);
    assertThat(a.node.isLinked()).isTrue();
    assertThat(queue.poll()).isSameAs(a);
    assertThat(a.node.isLinked()).isFalse();
  }

  @Test
  void aNodeLeavesFromAnywhere() {
    queue.insertTail(a.node);
    queue.insertTail(b.node);
    queue.insertTail(c.node);
    b.node.remove();
    assertThat(listOf(queue)).containsExactly(a, c);
    a.node.remove();
    c.node.remove();
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void aNodeThatIsInNoQueueMayBeRemoved() {
    a.node.remove();
    a.node.remove();
    assertThat(a.node.isLinked()).isFalse();
    queue.insertTail(a.node);
    assertThat(listOf(queue)).containsExactly(a);
  }

  @Test
  void aNodeIsInOneQueueOnly() {
    IntrusiveQueue<Element> other = new IntrusiveQueue<>();
    queue.insertTail(a.node);
    assertThatIllegalStateException().isThrownBy(() -> queue.insertTail(a.node));
    assertThatIllegalStateException()
        .isThrownBy(() -> other.insertHead(a.node))
        .withMessageContaining("a");
    assertThat(listOf(queue)).containsExactly(a);
    assertThat(other.isEmpty()).isTrue();
  }

  @Test
  void aWholeQueueMovesToTheFrontOrTheBackOfAnother() {
    IntrusiveQueue<Element> other = new IntrusiveQueue<>();
    queue.insertTail(b.node);
    other.insertTail(c.node);
    queue.appendAll(other);
    assertThat(listOf(queue)).containsExactly(b, c);
    assertThat(other.isEmpty()).isTrue();
    other.insertTail(a.node);
    queue.prependAll(other);
    assertThat(listOf(queue)).containsExactly(a, b, c);
    assertThat(other.isEmpty()).isTrue();
    queue.prependAll(other);
    queue.appendAll(other);
    assertThat(listOf(queue)).containsExactly(a, b, c);
  }

  @Test
  void anElementLeavesTheQueueThatItWasMovedTo() {
    IntrusiveQueue<Element> other = new IntrusiveQueue<>();
    other.insertTail(a.node);
    other.insertTail(b.node);
    queue.appendAll(other);
    a.node.remove();
    assertThat(listOf(queue)).containsExactly(b);
  }

  @Test
  void itDoesAsTheModelDoes() {
    for (long seed = 0; seed < 200; seed++) {
      try {
        play(new Random(seed));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Two queues and two lists, and twelve elements that come and go. */
  private static void play(Random random) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      elements.add(new Element("e" + i));
    }
    List<IntrusiveQueue<Element>> queues =
        List.of(new IntrusiveQueue<Element>(), new IntrusiveQueue<Element>());
    List<List<Element>> models = List.of(new ArrayList<>(), new ArrayList<>());
    for (int step = 0; step < 500; step++) {
      int which = random.nextInt(2);
      IntrusiveQueue<Element> queue = queues.get(which);
      List<Element> model = models.get(which);
      Element element = elements.get(random.nextInt(elements.size()));
      boolean queued = models.stream().anyMatch(list -> list.contains(element));
      switch (random.nextInt(queued ? 10 : 6)) {
        case 0 -> {
          queue.prependAll(queues.get(1 - which));
          model.addAll(0, models.get(1 - which));
          models.get(1 - which).clear();
        }
        case 1 -> {
          queue.appendAll(queues.get(1 - which));
          model.addAll(models.get(1 - which));
          models.get(1 - which).clear();
        }
        case 2 -> {
          Element expected = model.isEmpty() ? null : model.remove(0);
          assertThat(queue.poll()).isSameAs(expected);
        }
        case 3 -> {
          element.node.remove();
          models.forEach(list -> list.remove(element));
        }
        default -> {
          if (queued) {
            element.node.remove();
            models.forEach(list -> list.remove(element));
          } else if (random.nextBoolean()) {
            queue.insertHead(element.node);
            model.add(0, element);
          } else {
            queue.insertTail(element.node);
            model.add(element);
          }
        }
      }
      for (int i = 0; i < 2; i++) {
        assertThat(listOf(queues.get(i))).isEqualTo(models.get(i));
        assertThat(queues.get(i).isEmpty()).isEqualTo(models.get(i).isEmpty());
      }
      for (Element each : elements) {
        assertThat(each.node.isLinked())
            .isEqualTo(models.get(0).contains(each) || models.get(1).contains(each));
      }
    }
  }
}
