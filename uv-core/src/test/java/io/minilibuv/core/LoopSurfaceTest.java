// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.testing.Crew;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The small things of a loop: options, settings, listings, user data, and the default loop. */
class LoopSurfaceTest extends LoopFixture {

  private static List<String> printed(Consumer<PrintStream> printing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    printing.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"METRICS_IDLE_TIME"},
      mode = EnumSource.Mode.EXCLUDE)
  void whatAJvmCannotDoIsNotImplemented(LoopOption option) {
    assertThatThrownBy(() -> loop.configure(option))
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.ENOSYS))
        .hasMessageContaining("uv_loop_configure");
    timer(0, says("timer"));
    loop.run();
    assertThat(log).containsExactly("timer");
  }

  @Test
  void configureTakesAnOption() {
    assertThatNullPointerException().isThrownBy(() -> loop.configure(null));
  }

  @Test
  void aHandleIsPrintedOnALineWithItsStateTypeAndIdentity() {
    TimerHandle.init(loop);
    timer(5, () -> {});
    prepare(() -> {}).unref();
    CheckHandle.init(loop).unref();
    quietPoll();
    TestHandle internal = TestHandle.internal(loop);
    assertThat(printed(loop::printAllHandles))
        .satisfiesExactly(
            line -> assertThat(line).matches("\\[R--] timer    @[0-9a-f]{8}"),
            line -> assertThat(line).matches("\\[RA-] timer    @[0-9a-f]{8}"),
            line -> assertThat(line).matches("\\[-A-] prepare  @[0-9a-f]{8}"),
            line -> assertThat(line).matches("\\[---] check    @[0-9a-f]{8}"),
            line -> assertThat(line).matches("\\[RA-] poll     @[0-9a-f]{8}"),
            line -> assertThat(line).matches("\\[R-I] handle   @[0-9a-f]{8}"));
    assertThat(printed(loop::printActiveHandles))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("[RA-] timer "),
            line -> assertThat(line).startsWith("[-A-] prepare "),
            line -> assertThat(line).startsWith("[RA-] poll "));
    internal.close();
  }

  @Test
  void twoHandlesOfATypeHaveDifferentLines() {
    TimerHandle.init(loop);
    TimerHandle.init(loop);
    assertThat(printed(loop::printAllHandles)).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void dataIsTheUsersAndStaysWhenTheLoopIsClosed() {
    assertThat(loop.data()).isNull();
    Object data = new Object();
    loop.setData(data);
    loop.close();
    assertThat(loop.data()).isSameAs(data);
  }

  @Test
  void dataMayBeTakenBack() {
    loop.setData("data");
    loop.setData(null);
    assertThat(loop.data()).isNull();
  }

  @Test
  void handlesAndRequestsHaveDataAndKnowTheirLoop() {
    TimerHandle timer = TimerHandle.init(loop);
    assertThat(timer.data()).isNull();
    timer.setData("data");
    assertThat(timer.data()).isEqualTo("data");
    assertThat(timer.loop()).isSameAs(loop);
    assertThat(timer.type()).isEqualTo(HandleType.TIMER);
    timer.close();
    loop.run();
    assertThat(timer.data()).isEqualTo("data");
    TestRequest request = new TestRequest(loop);
    request.setData("asked");
    assertThat(request.data()).isEqualTo("asked");
    assertThat(request.loop()).isSameAs(loop);
    assertThat(request.type()).isEqualTo(RequestType.REQ);
  }

  @Test
  void aRequestThatCannotBeCancelledSaysSo() {
    TestRequest request = new TestRequest(loop).submit();
    assertThatThrownBy(request::cancel)
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.EINVAL))
        .hasMessageContaining("uv_cancel");
    assertThat(request.isActive()).isTrue();
    request.cancellable(() -> log.add("cancelled")).cancel();
    assertThat(log).containsExactly("cancelled");
    request.answer(answered -> {});
    assertThat(request.isActive()).isFalse();
  }

  @Test
  void theDefaultLoopIsOneUntilItIsClosed() {
    Loop first = Loop.defaultLoop();
    assertThat(Loop.defaultLoop()).isSameAs(first);
    assertThat(first).isNotSameAs(loop);
    loop.close();
    assertThat(Loop.defaultLoop()).isSameAs(first);
    first.close();
    Loop second = Loop.defaultLoop();
    assertThat(second).isNotSameAs(first);
    assertThat(second.run()).isFalse();
    second.close();
  }

  @Test
  void threadsThatAskForTheDefaultLoopAtOnceGetTheSame() {
    int threads = 4;
    for (int round = 0; round < 200; round++) {
      Set<Loop> loops = ConcurrentHashMap.newKeySet();
      CyclicBarrier barrier = new CyclicBarrier(threads);
      try (Crew crew = new Crew()) {
        for (int i = 0; i < threads; i++) {
          crew.start(
              () -> {
                barrier.await();
                loops.add(Loop.defaultLoop());
              });
        }
      }
      assertThat(loops).hasSize(1);
      Loop.defaultLoop().close();
    }
  }

  @Test
  void aBusyDefaultLoopStaysTheDefaultLoop() {
    Loop first = Loop.defaultLoop();
    TimerHandle.init(first);
    assertThatThrownBy(first::close).isInstanceOf(LoopBusyException.class);
    assertThat(Loop.defaultLoop()).isSameAs(first);
    first.shutdown();
  }

  @Test
  void theLoopsTimeIsItsClocksInMilliseconds() {
    assertThat(loop.now()).isEqualTo(1000);
    try (Loop late = Loop.open(new LoopOptions().clock(new ManualClock(5_999_999)))) {
      assertThat(late.now()).isEqualTo(5);
    }
  }

  @Test
  void optionsAreNeverNull() {
    LoopOptions options = new LoopOptions();
    assertThatNullPointerException().isThrownBy(() -> options.clock(null));
    assertThatNullPointerException().isThrownBy(() -> options.pollBackend((PollBackend) null));
    assertThatNullPointerException().isThrownBy(() -> options.pollBackend((String) null));
    LoopField<String> field = LoopField.declare("field", opened -> "");
    assertThatNullPointerException().isThrownBy(() -> options.with(field, null));
    assertThatNullPointerException().isThrownBy(() -> loop.run(null));
  }
}
