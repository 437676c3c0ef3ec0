// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.async.LoopExecutor;
import io.minilibuv.core.TimerHandle;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A process, and all that it has started, on their way to their end: asked first, and ended when
 * they do not listen.
 */
final class ProcessTree {
  private static final long GRACE_MILLIS = 2000;

  /**
   * How often to look who is left. Of a process that is not the JVM's child, the JVM would tell
   * that it has ended, too; but to know, it looks itself, and once in a second or two.
   */
  private static final long LOOK_MILLIS = 50;

  private final Process process;
  private final List<ProcessHandle> all;
  private final Runnable gone;
  private final TimerHandle look;
  private final TimerHandle grace;
  private boolean insisted;

  private ProcessTree(Process process, LoopExecutor executor, Runnable gone) {
    this.process = process;
    this.gone = gone;
    // Now: later, those whose parent is gone are not known as its children any more.
    this.all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    this.look = TimerHandle.init(executor.loop());
    this.grace = TimerHandle.init(executor.loop());
  }

  /**
   * Ends {@code process}, and what it has started.
   *
   * @param gone called on the loop's thread when it is done
   */
  static void end(Process process, LoopExecutor executor, Runnable gone) {
    ProcessTree tree = new ProcessTree(process, executor, gone);
    tree.all.forEach(ProcessHandle::destroy);
    tree.grace.start(timer -> tree.insist(), GRACE_MILLIS, 0);
    tree.look.start(timer -> tree.look(), LOOK_MILLIS, LOOK_MILLIS);
    // Most commands are one process, and that is told at once.
    CompletableFuture<Void> unused = process.toHandle().onExit().thenRunAsync(tree::look, executor);
  }

  /**
   * Waits for the process itself only from now on: of others, that they have ended is known only
   * when their parent has taken note.
   */
  private void insist() {
    all.forEach(ProcessHandle::destroyForcibly);
    insisted = true;
  }

  private void look() {
    boolean isLeft =
        insisted ? process.toHandle().isAlive() : all.stream().anyMatch(ProcessHandle::isAlive);
    if (!isLeft && !look.isClosing()) {
      look.close();
      grace.close();
      gone.run();
    }
  }
}
