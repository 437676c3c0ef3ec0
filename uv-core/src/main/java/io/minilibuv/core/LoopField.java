// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A field of {@code uv_loop_t} that is declared by the module that owns it.
 *
 * <p>{@code static final LoopField<AsyncState> ASYNC = LoopField.declare("async_handles",
 * AsyncState::new);} gives every loop a slot, filled at the first {@code ASYNC.of(loop)}. When the
 * loop closes, the values that are {@link AutoCloseable} are closed, the one made last first.
 * {@link LoopOptions#with} fills a slot from outside; such a value stays the giver's to close, and
 * so is what a {@linkplain #declareBorrowed borrowed} slot holds.
 *
 * @param <T> what the slot holds
 */
public final class LoopField<T> {
  // A loop that closes closes these: it is the loop that tells of it.
  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private static final AtomicInteger DECLARED = new AtomicInteger();

  private final int index = DECLARED.getAndIncrement();
  private final String name;
  private final Function<? super Loop, ? extends T> create;
  private final boolean owned;

  private LoopField(String name, Function<? super Loop, ? extends T> create, boolean owned) {
    this.name = Objects.requireNonNull(name, "name");
    this.create = Objects.requireNonNull(create, "create");
    this.owned = owned;
  }

  /**
   * Declares a slot on every loop. Slots are never taken back: declare them in static fields.
   *
   * @param name the field's name in C, where it has one
   * @param create makes a loop's value, on the loop's thread; may use other slots
   */
  @AnyThread
  public static <T> LoopField<T> declare(String name, Function<? super Loop, ? extends T> create) {
    return new LoopField<>(name, create, true);
  }

  /**
   * Declares a slot for what a loop uses and does not own: closing the loop leaves it alone.
   *
   * @param find gives what a loop is to use, on the loop's thread
   */
  @AnyThread
  public static <T> LoopField<T> declareBorrowed(
      String name, Function<? super Loop, ? extends T> find) {
    return new LoopField<>(name, find, false);
  }

  /** The value on {@code loop}, made now if it is not there yet. On the loop's thread. */
  public T of(Loop loop) {
    T value = valueIn(loop.fields);
    if (value == null) {
      loop.checkThread();
      value = Objects.requireNonNull(create.apply(loop), name);
      loop.fields.put(index, value, owned);
    }
    return value;
  }

  @Override
  @AnyThread
  public String toString() {
    return "LoopField " + name;
  }

  void give(Values values, T value) {
    values.put(index, Objects.requireNonNull(value, name), false);
  }

  // A slot is only ever filled by the field that has its index, with a T.
  @SuppressWarnings("unchecked")
  private @Nullable T valueIn(Values values) {
    return (T) values.get(index);
  }

  /** The slots of one loop. */
  static final class Values {
    private @Nullable Object[] slots = new Object[8];
    private final List<AutoCloseable> toClose = new ArrayList<>();

    private @Nullable Object get(int index) {
      return index < slots.length ? slots[index] : null;
    }

    private void put(int index, Object value, boolean owned) {
      if (index >= slots.length) {
        slots = Arrays.copyOf(slots, Math.max(index + 1, slots.length * 2));
      }
      slots[index] = value;
      if (owned && value instanceof AutoCloseable closeable) {
        toClose.add(closeable);
      }
    }

    /** Closes the owned values, the last made first; one that fails keeps no other from it. */
    void close(Loop loop) {
      while (!toClose.isEmpty()) {
        AutoCloseable last = toClose.remove(toClose.size() - 1);
        try {
          last.close();
        } catch (Exception | Error e) {
          log.warn("closing {} of {} failed", last, loop, e);
        }
      }
    }
  }
}
