// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.PlayedFs;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.threadpool.ThreadPool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link Tee} on a file system that does what it is told. */
class TeeTest {
  private final PlayedFs fs = new PlayedFs();
  private final ThreadPool pool = new ThreadPool(4);
  private final Loop loop =
      Loop.open(
          new LoopOptions().with(ThreadPool.OF_LOOP, pool).with(FsBackend.OF_LOOP, fs.backend()));

  private final List<String> told = new ArrayList<>();
  private final List<TeeSink> sinks = new ArrayList<>(List.of(TeeSink.stdout(loop)));
  private long read;

  @AfterEach
  void closeLoop() {
    fs.release();
    loop.shutdown();
    pool.close();
  }

  @Test
  void theNextReadBeginsWhenTheSlowestSinkHasTakenAll() {
    fs.file("in", new byte[Tee.CHUNK + 1]);
    CountDownLatch slow = fs.hold("write slow");
    start("quick", "slow");
    await()
        .until(
            () -> {
              loop.run(RunMode.NOWAIT);
              return sinks.get(0).tally().bytes() == Tee.CHUNK
                  && sinks.get(1).tally().bytes() == Tee.CHUNK;
            });
    assertThat(Collections.frequency(fs.calls(), "read in")).isEqualTo(1);
    assertThat(loop.isAlive()).isTrue();
    slow.countDown();
    assertThat(loop.run()).isFalse();
    assertThat(fs.calls().subList(6, 10))
        .as("after three fstat and two open, and a read")
        .containsExactlyInAnyOrder("write out", "write quick", "write slow", "read in")
        .last()
        .isEqualTo("read in");
    assertThat(read).isEqualTo(Tee.CHUNK + 1);
    assertThat(fs.written("out")).hasSize(Tee.CHUNK + 1);
    assertThat(fs.written("quick")).hasSize(Tee.CHUNK + 1);
    assertThat(fs.written("slow")).hasSize(Tee.CHUNK + 1);
    assertThat(sinks.get(2).tally().toString())
        .matches("64\\.0 KiB in .*, last with [12] of 2 chunks");
    assertThat(told).isEmpty();
  }

  @Test
  void aSinkThatFailsIsToldOnceAndTheOthersGetAll() {
    fs.file("in", new byte[3 * Tee.CHUNK]).answer("write bad", UvError.ENOSPC.code());
    run("bad", "good");
    assertThat(told).containsExactly("ENOSPC: no space left on device, write 'bad'");
    assertThat(Collections.frequency(fs.calls(), "write bad")).isEqualTo(1);
    assertThat(fs.calls()).contains("close bad", "close good").doesNotContain("close out");
    assertThat(fs.written("out")).hasSize(3 * Tee.CHUNK);
    assertThat(fs.written("good")).hasSize(3 * Tee.CHUNK);
  }

  @Test
  void aPartialWriteIsGoneOnWithUntilItsErrorIsToldOrThereIsNone() {
    fs.file("in", "hello world".getBytes(UTF_8))
        .answer("write a", 3, 4)
        .answer("write b", 5, UvError.EFBIG.code())
        .answer("write c", 1, 0);
    run("a", "b", "c");
    assertThat(fs.written("a")).asString(UTF_8).isEqualTo("hello world");
    assertThat(fs.written("b")).asString(UTF_8).isEqualTo("hello");
    assertThat(sinks.get(2).tally().bytes()).isEqualTo(5);
    assertThat(told)
        .containsExactlyInAnyOrder(
            "EFBIG: file too large, write 'b'",
            "EAGAIN: resource unavailable, try again, write 'c'");
  }

  @Test
  void withoutASinkNothingIsRead() {
    fs.file("in", new byte[3 * Tee.CHUNK])
        .answer("write out", UvError.EPIPE.code())
        .answer("open a", UvError.EACCES.code());
    run("a");
    assertThat(told)
        .containsExactly(
            "EACCES: permission denied, open 'a'", "EPIPE: broken pipe, write 'standard output'");
    assertThat(read).isEqualTo(Tee.CHUNK);
    assertThat(fs.calls()).doesNotContain("close out");
  }

  @Test
  void inputThatFailsCountsAsEnded() {
    fs.answer("read in", UvError.EIO.code());
    run("a");
    assertThat(told).containsExactly("EIO: input/output error, read 'standard input'");
    assertThat(fs.calls()).last().isEqualTo("close a");
  }

  @Test
  void whatFailsWhenItIsClosedIsTold() {
    fs.answer("close a", UvError.EIO.code());
    run("a");
    assertThat(told).containsExactly("EIO: input/output error, close 'a'");
    assertThat(Collections.frequency(fs.calls(), "close a")).isEqualTo(1);
  }

  private void run(String... files) {
    start(files);
    assertThat(loop.run()).isFalse();
  }

  private void start(String... files) {
    for (String file : files) {
      sinks.add(TeeSink.file(loop, file, false));
    }
    Tee.Listener listener =
        new Tee.Listener() {
          @Override
          public void read(long bytes) {
            read += bytes;
          }

          @Override
          public void inputFailed(UvException failure) {
            told.add(String.valueOf(failure.getMessage()));
          }

          @Override
          public void sinkFailed(TeeSink sink, UvException failure) {
            told.add(String.valueOf(failure.getMessage()));
          }
        };
    new Tee(loop, sinks, listener).start();
  }
}
