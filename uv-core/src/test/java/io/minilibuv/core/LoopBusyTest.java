// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** What a loop that cannot be closed yet says about the reasons. */
class LoopBusyTest extends LoopFixture {

  private LoopBusyException busy() {
    return assertThrows(LoopBusyException.class, loop::close);
  }

  private static final String ADVICE =
      "; run the loop until they are closed and done, or shut it down";

  @Test
  void itNamesTheOpenHandles() {
    TimerHandle timer = timer(5, () -> {});
    IdleHandle idle = IdleHandle.init(loop);
    idle.unref();
    PollHandle closing = PollHandle.init(loop, pipe().source());
    closing.close();
    assertThat(timer.toString()).matches("\\[RA-] timer    @[0-9a-f]{8}");
    assertThat(idle.toString()).matches("\\[---] idle     @[0-9a-f]{8}");
    assertThat(busy())
        .hasMessage(
            "EBUSY: "
                + UvError.EBUSY.message()
                + ", uv_loop_close: 3 open handles: "
                + timer
                + ", "
                + idle
                + ", "
                + closing
                + ADVICE);
  }

  @Test
  void itNamesTheActiveRequests() {
    TestRequest request = new TestRequest(loop).submit();
    assertThat(busy())
        .hasMessageContaining("uv_loop_close")
        .hasMessageEndingWith(": 1 active request: " + request + ADVICE);
    assertThat(request.toString()).matches("req request @[0-9a-f]{8}");
    request.answer(answered -> {});
  }

  @Test
  void itNamesBoth() {
    TimerHandle timer = TimerHandle.init(loop);
    TestRequest request = new TestRequest(loop).submit();
    assertThat(busy())
        .hasMessageContaining(timer.toString())
        .hasMessageContaining("1 open handle: ")
        .hasMessageEndingWith(request + ADVICE);
    request.answer(answered -> {});
  }

  @Test
  void itDoesNotNameInternalHandles() {
    TestHandle internal = TestHandle.internal(loop);
    TimerHandle timer = TimerHandle.init(loop);
    assertThat(busy().getMessage()).contains(timer.toString()).doesNotContain(internal.toString());
    internal.close();
  }

  @Test
  void itNamesTwentyAtMostAndSaysThatThereAreMore() {
    for (int i = 0; i < 25; i++) {
      TimerHandle.init(loop);
    }
    String message = busy().getMessage();
    assertThat(message).contains("25 open handles").endsWith(", ..." + ADVICE);
    assertThat(message.split("timer", -1)).hasSize(21);
  }

  @Test
  void itIsAnErrorLikeOthers() {
    TimerHandle.init(loop);
    UvException busy = busy();
    assertThat(busy.error()).isEqualTo(UvError.EBUSY);
    assertThat(busy.code()).isEqualTo(UvError.EBUSY.code());
    assertThat(busy.call()).isEqualTo("uv_loop_close");
    assertThat(busy.path()).isNull();
  }

  @Test
  void itDoesNotKnowOriginsUnlessTheyWereRecorded() {
    TimerHandle.init(loop);
    assertThat(busy().getSuppressed()).isEmpty();
  }

  @Test
  void itTellsWhereEachHandleWasMadeIfThatWasRecorded() {
    try (Loop recording = Loop.open(new LoopOptions().recordOrigins(true))) {
      TimerHandle timer = makeTimerHere(recording);
      IdleHandle idle = IdleHandle.init(recording);
      Throwable[] origins = assertThrows(LoopBusyException.class, recording::close).getSuppressed();
      assertThat(origins).hasSize(2);
      assertThat(origins[0]).hasMessageStartingWith(timer + " was made");
      assertThat(origins[1]).hasMessageStartingWith(idle + " was made");
      assertThat(origins[0].getStackTrace())
          .anyMatch(frame -> frame.getMethodName().equals("makeTimerHere"));
      timer.close();
      idle.close();
      recording.run();
    }
  }

  private static TimerHandle makeTimerHere(Loop loop) {
    return TimerHandle.init(loop);
  }
}
