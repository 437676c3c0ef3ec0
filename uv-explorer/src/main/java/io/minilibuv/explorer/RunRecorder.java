// SPDX-License-Identifier: MIT
package io.minilibuv.explorer;

import io.minilibuv.core.EventSource;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.LoopPhase;
import io.minilibuv.core.PollReason;
import io.minilibuv.core.Uv;
import io.minilibuv.explorer.RecordedEvent.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Records what one loop does, in order: phases, callbacks and polls.
 *
 * <p>It keeps the first events up to a limit and only counts the rest, so that a loop that runs for
 * long cannot fill the memory. It belongs to the loop's thread, and does not record what other
 * threads do.
 */
public final class RunRecorder implements LoopObserver {
  private final int limit;
  private final List<RecordedEvent> events = new ArrayList<>();
  private long dropped;

  private RunRecorder(int limit) {
    this.limit = limit;
  }

  /**
   * Starts to record {@code loop}, in place of the observer that it had. {@link Loop#setObserver}
   * with null ends it.
   *
   * @param limit how many events to keep
   */
  public static RunRecorder on(Loop loop, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: " + limit);
    }
    RunRecorder recorder = new RunRecorder(limit);
    loop.setObserver(recorder);
    return recorder;
  }

  /** What has been recorded so far: a view that grows with the recording. */
  public List<RecordedEvent> events() {
    return Collections.unmodifiableList(events);
  }

  /** How many events came after the limit was reached. */
  public long dropped() {
    return dropped;
  }

  /**
   * Writes a line for every event: nanoseconds since the first, kind and subject, between tabs; and
   * a last one if events were dropped.
   */
  public void writeTo(Appendable out) {
    try {
      long first = events.isEmpty() ? 0 : events.get(0).nanos();
      for (RecordedEvent event : events) {
        out.append(event.nanos() - first + "\t" + event.kind() + "\t" + event.subject() + "\n");
      }
      if (dropped > 0) {
        out.append("(" + dropped + " more)\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void phaseBegin(Loop loop, LoopPhase phase) {
    record(Kind.PHASE_BEGIN, phase.name());
  }

  @Override
  public void phaseEnd(Loop loop, LoopPhase phase) {
    record(Kind.PHASE_END, phase.name());
  }

  @Override
  public void callbackBegin(Loop loop, EventSource source) {
    record(Kind.CALLBACK_BEGIN, source.toString());
  }

  @Override
  public void callbackEnd(Loop loop, EventSource source) {
    record(Kind.CALLBACK_END, source.toString());
  }

  @Override
  public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
    record(Kind.POLL_ENTER, "timeout " + timeoutMillis + ": " + why);
  }

  @Override
  public void pollReturn(Loop loop, int ready) {
    record(Kind.POLL_RETURN, "ready " + ready);
  }

  private void record(Kind kind, String subject) {
    if (events.size() < limit) {
      events.add(new RecordedEvent(Uv.hrtime(), kind, subject));
    } else {
      dropped++;
    }
  }
}
