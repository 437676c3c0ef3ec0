// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import io.minilibuv.core.EventSource;
import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.LoopPhase;
import io.minilibuv.core.PollReason;
import io.minilibuv.core.Request;
import io.minilibuv.core.RunMode;
import io.minilibuv.examples.cli.Terminal;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows what a loop does while it does it: iterations, phases, callbacks, and how long the poll may
 * wait. Phases in which nothing is called are left out, unless all are wanted; the poll is shown
 * always.
 */
final class PhaseTrace implements LoopObserver {
  private static final String LEVEL = "  ";
  private static final int PHASE_WIDTH = 9;

  private final PrintStream out;
  private final Terminal terminal;
  private final boolean all;
  private final PhaseOrder order = new PhaseOrder();
  private long start;
  private int iteration;
  private boolean inIteration;
  private boolean headed;
  private @Nullable LoopPhase phase;
  private boolean phaseShown;
  private int depth;

  /**
   * Makes a trace that has seen nothing.
   *
   * @param all whether phases are shown in which nothing is called
   */
  PhaseTrace(PrintStream out, Terminal terminal, boolean all) {
    this.out = out;
    this.terminal = terminal;
    this.all = all;
  }

  /** Sees what {@code loop} does from now on. Its time now is 0 ms. */
  void watch(Loop loop) {
    start = loop.now();
    loop.setObserver(this);
  }

  /** What was called until now. */
  PhaseOrder order() {
    return order;
  }

  void runBegins(RunMode mode) {
    out.println(LEVEL + text("bold", "run(" + mode + ")"));
  }

  void runEnds(boolean alive) {
    String why = alive ? "true: the loop is still alive" : "false: nothing keeps the loop alive";
    out.println(LEVEL + LEVEL + "answers " + why);
  }

  @Override
  public void phaseBegin(Loop loop, LoopPhase begun) {
    // PENDING begins an iteration; another such pass may come after the poll.
    if (begun == LoopPhase.PENDING && !inIteration) {
      inIteration = true;
      iteration++;
      headed = false;
      order.nextIteration();
    }
    phase = begun;
    phaseShown = false;
  }

  @Override
  public void phaseEnd(Loop loop, LoopPhase ended) {
    if (all && !phaseShown) {
      showPhase("-");
    }
    if (ended == LoopPhase.TIMERS) {
      inIteration = false;
      headed = false;
    }
    phase = null;
  }

  @Override
  public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
    showPhase(PollReasons.text(timeoutMillis, why));
  }

  @Override
  public void callbackBegin(Loop loop, EventSource source) {
    String name = nameOf(source);
    String shown = text("bold", name != null ? name : "the pool's own async handle");
    if (phase == LoopPhase.TIMERS) {
      shown += " at " + (loop.now() - start) + " ms";
    }
    String indent = LEVEL.repeat(depth++);
    if (phaseShown) {
      showLine(" ".repeat(PHASE_WIDTH), indent + shown);
    } else {
      showPhase(indent + shown);
    }
    if (name != null) {
      order.called(name);
    }
  }

  @Override
  public void callbackEnd(Loop loop, EventSource source) {
    depth--;
  }

  /** The name that a scenario has given; null for a handle that is the library's own. */
  private @Nullable String nameOf(EventSource source) {
    Object data = source instanceof Handle handle ? handle.data() : ((Request) source).data();
    return data == null || phase != LoopPhase.CLOSING ? (String) data : data + ".closed";
  }

  private void showPhase(String what) {
    if (!headed) {
      String where = inIteration ? "iteration " + iteration : "before the first iteration";
      out.println(LEVEL + LEVEL + where);
      headed = true;
    }
    String name = String.valueOf(phase).toLowerCase(Locale.ROOT);
    showLine(text("cyan", name) + " ".repeat(PHASE_WIDTH - name.length()), what);
    phaseShown = true;
  }

  private void showLine(String first, String rest) {
    out.println(LEVEL.repeat(3) + first + " " + rest);
  }

  private String text(String style, String plain) {
    return terminal.text("@|" + style + " " + plain + "|@");
  }
}
