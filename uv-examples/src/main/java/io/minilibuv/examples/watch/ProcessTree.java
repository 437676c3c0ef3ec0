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

  private final Process process;
  private final List<ProcessHandle> all;
  private final LoopExecutor executor;
  private final Runnable gone;
  private final TimerHandle grace;

  private ProcessTree(Process process, LoopExecutor executor, Runnable gone) {
    this.process = process;
    this.executor = executor;
    this.gone = gone;
    // Now: later, those whose parent is gone are not known as its children any more.
    this.all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
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
    tree.finishAfter(
        CompletableFuture.allOf(
            tree.all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new)));
  }

  /**
   * Waits for the process itself only: of others, that they have ended is known only when their
   * parent has taken note.
   */
  private void insist() {
    all.forEach(ProcessHandle::destroyForcibly);
    finishAfter(process.onExit());
  }

  private void finishAfter(CompletableFuture<?> end) {
    CompletableFuture<Void> unused = end.thenRunAsync(this::finish, executor);
  }

  private void finish() {
    if (!grace.isClosing()) {
      grace.close();
      gone.run();
    }
  }
}
