// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.PlayedFs;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsStat;
import io.minilibuv.threadpool.ThreadPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine.TypeConversionException;

/**
 * The two forms of cat that ask the pool, on a file system that does what it is told. The third
 * form, whose calls do not go through the loop, is tested as a process with the others.
 */
class CatFormTest {
  private final PlayedFs fs = new PlayedFs();
  private final ThreadPool pool = new ThreadPool(2);
  private final Loop loop =
      Loop.open(
          new LoopOptions().with(ThreadPool.OF_LOOP, pool).with(FsBackend.OF_LOOP, fs.backend()));

  private final List<String> failures = new ArrayList<>();
  private long written;

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"CALLBACKS", "FUTURES"})
  void theNextReadBeginsWhenTheLastBytesAreWritten(CatForm form) {
    fs.file("a", new byte[2 * Stdio.CHUNK + 1]).file("in", new byte[1]);
    run(form, "a", "-");
    assertThat(fs.calls())
        .containsExactly(
            "open a",
            "fstat a", //
            "read a",
            "write out", //
            "read a",
            "write out", //
            "read a",
            "write out", //
            "read a",
            "close a", //
            "fstat in",
            "read in",
            "write out",
            "read in");
    assertThat(written).isEqualTo(2 * Stdio.CHUNK + 2);
    assertThat(failures).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CALLBACKS", "FUTURES"})
  void aPartialWriteIsGoneOnWith(CatForm form) {
    fs.file("a", "hello world".getBytes(UTF_8)).answer("write out", 3, 4);
    run(form, "a");
    assertThat(fs.written("out")).asString(UTF_8).isEqualTo("hello world");
    assertThat(fs.calls())
        .containsExactly(
            "open a",
            "fstat a",
            "read a",
            "write out",
            "write out",
            "write out",
            "read a",
            "close a");
    assertThat(written).isEqualTo(11);
  }

  @ParameterizedTest
  @EnumSource(names = {"CALLBACKS", "FUTURES"})
  void whatFollowsAPartialWriteIsToldAndEndsAll(CatForm form) {
    fs.file("a", new byte[10]).answer("write out", 3, UvError.ENOSPC.code());
    run(form, "a", "b");
    assertThat(failures)
        .containsExactly("ENOSPC: no space left on device, write 'standard output'");
    assertThat(fs.calls())
        .containsExactly("open a", "fstat a", "read a", "write out", "write out", "close a");
    assertThat(written).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"CALLBACKS", "FUTURES"})
  void aFileThatFailsIsClosedAndToldByItsName(CatForm form) {
    fs.answer("open a", UvError.ENOENT.code())
        .answer("read b", UvError.EIO.code())
        .answer("close c", UvError.EIO.code())
        .answer("read in", UvError.EAGAIN.code())
        .file("d", "d".getBytes(UTF_8));
    run(form, "a", "b", "c", "-", "d");
    assertThat(failures)
        .containsExactly(
            "ENOENT: no such file or directory, open 'a'",
            "EIO: input/output error, read 'b'",
            "EIO: input/output error, close 'c'",
            "EAGAIN: resource unavailable, try again, read '-'");
    assertThat(fs.calls()).contains("close b", "close c", "close d").doesNotContain("close in");
    assertThat(fs.written("out")).asString(UTF_8).isEqualTo("d");
  }

  @Test
  void onlyARegularFileWithContentThatIsTheOutputIsRefused() {
    FsStat file = stat(FsStat.S_IFREG, 1, 7);
    assertThatThrownBy(() -> Cat.refuseOutput(file, file, "x"))
        .isInstanceOf(UvException.class)
        .hasMessage("EINVAL: invalid argument, input file is output file 'x'");
    FsStat pipe = stat(FsStat.S_IFIFO, 1, 7);
    Cat.refuseOutput(pipe, pipe, "x");
    FsStat empty = stat(FsStat.S_IFREG, 1, 0);
    Cat.refuseOutput(empty, empty, "x");
    Cat.refuseOutput(stat(FsStat.S_IFREG, 2, 7), file, "x");
    Cat.refuseOutput(FsStat.ZERO, FsStat.ZERO, "x");
  }

  @Test
  void aFormIsReadAsItIsWritten() throws Exception {
    CatForm.Reader reader = new CatForm.Reader();
    for (CatForm form : CatForm.values()) {
      assertThat(reader.convert(form.toString())).isEqualTo(form);
    }
    assertThatThrownBy(() -> reader.convert("CALLBACKS"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("one of [callbacks, futures, threads] is expected, not 'CALLBACKS'");
  }

  private void run(CatForm form, String... names) {
    Cat.Listener listener =
        new Cat.Listener() {
          @Override
          public void written(long bytes) {
            written += bytes;
          }

          @Override
          public void failed(UvException failure) {
            failures.add(String.valueOf(failure.getMessage()));
          }
        };
    form.make(loop, FsStat.ZERO, listener).start(List.of(names));
    assertThat(loop.run()).isFalse();
  }

  private static FsStat stat(int type, long ino, long size) {
    FsStat zero = FsStat.ZERO;
    return new FsStat(
        1,
        type,
        1,
        0,
        0,
        0,
        ino,
        size,
        0,
        0,
        0,
        0,
        zero.atim(),
        zero.mtim(),
        zero.ctim(),
        zero.birthtim());
  }
}
