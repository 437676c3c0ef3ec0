// SPDX-License-Identifier: MIT
package io.minilibuv.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many handles: their order, where the sets of bits have borders, and what a pass changes. */
@ExtendWith(LeakCheck.class)
class AsyncManyHandlesTest {
  private final Loop loop = Loop.open();
  private final List<String> called = new ArrayList<>();

  @AfterEach
  void shutDown() {
    loop.setExceptionHandler((source, thrown) -> {});
    loop.shutdown();
  }

  private AsyncHandle named(String name) {
    return AsyncHandle.init(loop, handle -> called.add(name));
  }

  private List<AsyncHandle> make(int count) {
    return new ArrayList<>(
        IntStream.range(0, count).mapToObj(i -> named(String.valueOf(i))).toList());
  }

  private void sendAndRun(Iterable<AsyncHandle> handles) {
    called.clear();
    handles.forEach(AsyncHandle::send);
    loop.run(RunMode.NOWAIT);
  }

  private static String[] names(int... numbers) {
    return IntStream.of(numbers).mapToObj(String::valueOf).toArray(String[]::new);
  }

  @Test
  void theOrderGoesOverTheBordersOfWordsAndSets() {
    List<AsyncHandle> handles = make(8_200);
    int[] some = {0, 1, 63, 64, 65, 127, 128, 4_094, 4_095, 4_096, 4_097, 8_191, 8_192, 8_199};
    List<AsyncHandle> sent = new ArrayList<>(IntStream.of(some).mapToObj(handles::get).toList());
    Collections.shuffle(sent, new Random(1));
    sendAndRun(sent);
    assertThat(called).containsExactly(names(some));
  }

  @Test
  void allOfManyAreCalledInTheirOrder() {
    List<AsyncHandle> handles = make(10_000);
    List<AsyncHandle> shuffled = new ArrayList<>(handles);
    Collections.shuffle(shuffled, new Random(2));
    sendAndRun(shuffled);
    assertThat(called).containsExactly(names(IntStream.range(0, 10_000).toArray()));
  }

  @Test
  void thoseThatAreLeftKeepTheirOrderWhenMostAreClosed() {
    List<AsyncHandle> handles = make(5_000);
    for (int i = 0; i < 5_000; i++) {
      if (i % 100 != 7) {
        handles.get(i).close();
      }
    }
    int[] left = IntStream.range(0, 50).map(i -> 100 * i + 7).toArray();
    List<AsyncHandle> open = IntStream.of(left).mapToObj(handles::get).toList();
    sendAndRun(open);
    assertThat(called).containsExactly(names(left));
    // By now they have moved together.
    sendAndRun(open);
    assertThat(called).containsExactly(names(left));
    sendAndRun(List.of(named("last"), open.get(49)));
    assertThat(called).containsExactly("4907", "last");
  }

  @Test
  void whatWasSentBeforeItsHandleMovedIsNotLost() {
    List<AsyncHandle> handles = make(200);
    handles.get(199).send();
    handles.subList(0, 190).forEach(AsyncHandle::close);
    AsyncHandle moves = named("moves");
    sendAndRun(List.of(moves, handles.get(195)));
    assertThat(called).containsExactly("195", "199", "moves");
  }

  /** The maker is the only handle, the last or not, and with those it makes there is a border. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0, 1",
    "1, 0",
    "12, 0",
    "12, 4",
    "60, 0",
    "61, 0",
    "61, 7",
    "4091, 1",
    "4092, 0",
    "4092, 1",
    "4095, 0",
    "4000, 95",
    "4000, 92",
    "4000, 91"
  })
  void severalThatOneCallbackMakesComeRightBehindItsHandle(int before, int behind) {
    make(before);
    List<AsyncHandle> some = new ArrayList<>();
    AsyncHandle maker =
        AsyncHandle.init(
            loop, handle -> List.of("x", "y", "z").forEach(name -> some.add(named(name))));
    List<AsyncHandle> after = make(behind);
    maker.send();
    loop.run(RunMode.NOWAIT);
    some.addAll(after);
    some.add(named("last"));
    Collections.reverse(some);
    sendAndRun(some);
    List<String> expected = new ArrayList<>(List.of("x", "y", "z"));
    expected.addAll(List.of(names(IntStream.range(0, behind).toArray())));
    expected.add("last");
    assertThat(called).isEqualTo(expected);
  }

  /** One that comes between others may be what fills the places up to a border. */
  @ParameterizedTest
  @ValueSource(ints = {15, 16, 63, 64, 4_095, 4_096, 8_191, 8_192})
  void oneThatGoesFirstMayBeTheOneThatFillsASet(int count) {
    List<AsyncHandle> handles = make(count);
    AsyncHandle own = InternalAsyncHandle.init(loop, handle -> called.add("own"));
    AsyncHandle last = named("last");
    sendAndRun(List.of(last, handles.get(count - 1), own));
    assertThat(called).containsExactly("own", String.valueOf(count - 1), "last");
    own.close();
  }

  @Test
  void ofTwoThatGoFirstTheLaterOneIsFirst() {
    List<AsyncHandle> own = new ArrayList<>();
    AsyncHandle maker =
        AsyncHandle.init(
            loop,
            handle -> {
              own.add(InternalAsyncHandle.init(loop, first -> called.add("first")));
              own.add(InternalAsyncHandle.init(loop, second -> called.add("second")));
            });
    sendAndRun(List.of(maker));
    sendAndRun(own);
    assertThat(called).containsExactly("second", "first");
    own.forEach(AsyncHandle::close);
  }

  @Test
  void aPassThatThrowsGoesOnBehindABorder() {
    List<AsyncHandle> handles = make(63);
    AsyncHandle thrower =
        AsyncHandle.init(
            loop,
            handle -> {
              handle.send();
              throw new IllegalStateException("thrower");
            });
    List<AsyncHandle> behind = List.of(named("64"), named("65"));
    handles.get(5).send();
    thrower.send();
    behind.forEach(AsyncHandle::send);
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("thrower");
    handles.get(3).send();
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("thrower");
    assertThat(called).containsExactly("5", "64", "65", "3");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 14, 62, 200})
  void anySequenceGivesWhatALinkedListDoes(int count) {
    for (int seed = 0; seed < 200; seed++) {
      AsyncListModel.play(count, 30, seed);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4_090, 8_188})
  void soDoesOneOverTheBorderOfASet(int count) {
    for (int seed = 0; seed < 5; seed++) {
      AsyncListModel.play(count, 30, seed);
    }
  }
}
