// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop whose stats are answered by a script, and whose clock does not wait. */
@ExtendWith(LeakCheck.class)
abstract class FsPollFixture {
  /** The answer that is the last: the handle is closed when it is reported. */
  static final UvError LAST = UvError.EIO;

  static final int INTERVAL = 100;

  final ScriptedStats fs = new ScriptedStats();
  final ThreadPool pool = new ThreadPool(4);
  final Loop loop =
      Loop.open(
          new LoopOptions()
              .clock(fs.clock)
              .with(FsBackend.OF_LOOP, fs)
              .with(ThreadPool.OF_LOOP, pool));

  /** Every callback, as status, size before and size now. */
  final List<String> seen = new ArrayList<>();

  int delivered;
  int closeCalls;

  FsPollFixture() {
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsDelivered(Loop of, FsRequest request) {
            delivered++;
          }
        });
  }

  @AfterEach
  final void shutDown() {
    loop.shutdown();
    pool.close();
  }

  final void see(FsPollHandle handle, int status, FsStat prev, FsStat curr) {
    assertThat(handle.isActive()).isTrue();
    if (status == LAST.code()) {
      handle.close(closed -> closeCalls++);
      return;
    }
    if (status == ScriptedStats.NO_ANSWER.code()) {
      throw new AssertionError("the script is at its end");
    }
    String name = status == 0 ? "ok" : UvError.errName(status);
    seen.add(name + ' ' + prev.size() + "->" + curr.size());
  }

  final FsPollHandle start(String path) {
    FsPollHandle handle = FsPollHandle.init(loop);
    handle.start(path, INTERVAL, this::see);
    return handle;
  }

  final void runUntilDelivered(int requests) {
    while (delivered < requests) {
      assertThat(loop.isAlive()).isTrue();
      loop.run(RunMode.ONCE);
    }
  }

  /** How many timers there are, the library's own ones too. */
  final long timers() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    loop.printAllHandles(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains("timer")).count();
  }

  final List<Handle> walked() {
    List<Handle> handles = new ArrayList<>();
    loop.walk(handles::add);
    return handles;
  }
}
