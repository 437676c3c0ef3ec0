// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What libuv's test/test-fs-event.c pins, and test/test-ref.c of these handles. */
class FsEventHandleTest extends FsEventFixture {
  private static final int FILES = 16;

  private final AtomicInteger closed = new AtomicInteger();

  /** That of the process: these tests are libuv's, whatever the backend. */
  @Override
  LoopOptions options() {
    return TestedBackend.NIO ? super.options() : new LoopOptions();
  }

  /** The kernel has it at once. */
  @Override
  void awaitPosted(Change change) throws IOException {
    if (TestedBackend.NIO) {
      super.awaitPosted(change);
    } else {
      change.make();
    }
  }

  private void close(FsEventHandle handle) {
    handle.close(h -> closed.incrementAndGet());
  }

  private static String nth(int number) {
    return "fsevent-" + number;
  }

  /** Each file is made when the one before has been told of, and so is each deleted. */
  @Test
  void fsEventWatchDir() throws IOException {
    mkdir("watch_dir");
    List<String> expected = new ArrayList<>();
    watch(
        at("watch_dir"),
        (handle, name, events, status) -> {
          // Where files that are new count as changed, too.
          if (events == FsEventHandle.CHANGE) {
            assertThat(name).startsWith("fsevent-");
            return;
          }
          note(handle, name, events, status);
          makeOrDeleteNext(handle);
        });
    create("watch_dir/" + nth(0));
    assertThat(loop.run()).isFalse();
    for (int i = 0; i < 2 * FILES; i++) {
      expected.add("RENAME " + nth(i % FILES));
    }
    assertThat(told).isEqualTo(expected);
    assertThat(closed).hasValue(1);
  }

  private void makeOrDeleteNext(FsEventHandle handle) {
    try {
      if (told.size() < FILES) {
        create("watch_dir/" + nth(told.size()));
      } else if (told.size() < 2 * FILES) {
        delete("watch_dir/" + nth(told.size() - FILES));
      } else {
        close(handle);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void fsEventWatchDeleteDir() throws IOException {
    mkdir("watch_del_dir");
    watch(
        at("watch_del_dir"),
        (handle, name, events, status) -> {
          note(handle, name, events, status);
          handle.stop();
          close(handle);
        });
    delete("watch_del_dir");
    assertThat(loop.run()).isFalse();
    assertThat(told).containsExactly("RENAME watch_del_dir");
    assertThat(closed).hasValue(1);
  }

  @Test
  void fsEventWatchFile() throws IOException {
    create("file1");
    create("file2");
    watch(
        at("file2"),
        (handle, name, events, status) -> {
          note(handle, name, events, status);
          close(handle);
        });
    touch("file1");
    touch("file2");
    assertThat(loop.run()).isFalse();
    assertThat(told).containsExactly("CHANGE file2");
    assertThat(closed).hasValue(1);
  }

  @Test
  void fsEventWatchFileExactPath() throws IOException {
    create("file.js");
    create("file.jsx");
    FsEventHandle exact = watch(at("file.jsx"), FsEventFixture::fail);
    watch(dir.toString(), this::note);
    touch("file.js");
    runUntilTold("CHANGE file.js");
    exact.stop();
    exact.start(at("file.js"), FsEventFixture::fail);
    touch("file.jsx");
    runUntilTold("CHANGE file.jsx");
  }

  @Test
  void fsEventWatchFileTwice() throws IOException {
    create("file1");
    FsEventHandle first = watch(at("file1"), FsEventFixture::fail);
    FsEventHandle second = watch(at("file1"), FsEventFixture::fail);
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        t -> {
          close(first);
          close(second);
          t.close();
        },
        10,
        0);
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(2);
  }

  @Test
  void fsEventWatchFileCurrentDir() throws IOException {
    Path file = Files.createTempFile(Path.of("").toAbsolutePath(), "watch_file", null);
    try {
      String bare = file.getFileName().toString();
      watch(
          bare,
          (handle, name, events, status) -> {
            note(handle, name, events, status);
            close(handle);
          });
      Files.write(file, new byte[1], StandardOpenOption.WRITE);
      assertThat(loop.run()).isFalse();
      assertThat(told).containsExactly("CHANGE " + bare);
      assertThat(closed).hasValue(1);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void fsEventWatchInvalidPath() {
    FsEventHandle handle = FsEventHandle.init(loop);
    for (String path : List.of("<:;", "")) {
      assertThatThrownBy(() -> handle.start(path, FsEventFixture::fail))
          .asInstanceOf(type(UvException.class))
          .satisfies(
              thrown -> {
                assertThat(thrown.error()).isEqualTo(UvError.ENOENT);
                assertThat(thrown.call()).isEqualTo("uv_fs_event_start");
                assertThat(thrown.path()).isEqualTo(path);
              });
      assertThat(handle.isActive()).isFalse();
    }
  }

  /** The other handle on the directory shows that there was something to tell. */
  @Test
  void fsEventNoCallbackAfterClose() throws IOException {
    create("file1");
    FsEventHandle handle = watch(at("file1"), FsEventFixture::fail);
    watch(dir.toString(), this::note);
    close(handle);
    loop.run(RunMode.NOWAIT);
    assertThat(closed).hasValue(1);
    touch("file1");
    runUntilTold("CHANGE file1");
  }

  @Test
  void fsEventNoCallbackOnClose() throws IOException {
    create("file1");
    FsEventHandle handle = watch(at("file1"), FsEventFixture::fail);
    close(handle);
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(1);
  }

  @Test
  void fsEventImmediateClose() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        t -> {
          FsEventHandle handle = watch(dir.toString(), FsEventFixture::fail);
          close(handle);
          t.close(h -> closed.incrementAndGet());
        },
        1,
        0);
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(2);
  }

  @Test
  void fsEventCloseWithPendingEvent() throws IOException {
    create("file");
    FsEventHandle handle = watch(dir.toString(), FsEventFixture::fail);
    awaitPosted(() -> touch("file"));
    close(handle);
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(1);
  }

  @Test
  void fsEventCloseWithPendingDeleteEvent() throws IOException {
    create("file");
    FsEventHandle handle = watch(at("file"), FsEventFixture::fail);
    awaitPosted(() -> delete("file"));
    close(handle);
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(1);
  }

  @Test
  void fsEventCloseInCallback() throws IOException {
    mkdir("watch_dir");
    watch(
        at("watch_dir"),
        (handle, name, events, status) -> {
          note(handle, name, events, status);
          if (told.size() == 3) {
            close(handle);
          }
        });
    for (int i = 0; i < FILES; i++) {
      create("watch_dir/" + nth(i));
    }
    assertThat(loop.run()).isFalse();
    assertThat(told).hasSize(3);
    assertThat(closed).hasValue(1);
  }

  @Test
  void fsEventStartAndClose() {
    FsEventHandle first = watch(dir.toString(), FsEventFixture::fail);
    FsEventHandle second = watch(dir.toString(), FsEventFixture::fail);
    close(second);
    close(first);
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(2);
  }

  @Test
  void fsEventGetpath() throws IOException {
    mkdir("watch_dir");
    mkdir("watch_dir/subfolder");
    String base = at("watch_dir");
    List<String> paths =
        List.of(base, base + "/", base + "///", base + "/subfolder/..", base + "//subfolder//..//");
    for (String path : paths) {
      FsEventHandle handle = FsEventHandle.init(loop);
      assertThatThrownBy(handle::getpath)
          .isInstanceOf(UvException.class)
          .hasMessageContaining("EINVAL")
          .hasMessageContaining("uv_fs_event_getpath");
      handle.start(path, FsEventFixture::fail);
      assertThat(handle.getpath()).isEqualTo(path);
      close(handle);
      assertThatThrownBy(handle::getpath).isInstanceOf(UvException.class);
    }
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(paths.size());
  }

  @Test
  void fsEventStopInCb() throws IOException {
    create("file");
    FsEventHandle handle =
        watch(
            at("file"),
            (h, name, events, status) -> {
              note(h, name, events, status);
              h.stop();
            });
    awaitPosted(() -> touch("file"));
    awaitPosted(() -> delete("file"));
    assertThat(loop.run()).isFalse();
    assertThat(told).containsExactly("CHANGE file");
    close(handle);
    assertThat(loop.run()).isFalse();
    assertThat(told).hasSize(1);
  }

  /** With news of its own, or with those of a {@code WatchService}. */
  @Test
  void theBackendIsThatOfTheProcess() {
    assertThat(FsEventBackends.OF_LOOP.of(loop).name())
        .isEqualTo(TestedBackend.either("inotify", NioFsEvents.NAME));
  }

  @Test
  void fsEventRef() {
    FsEventHandle handle = watch(".", FsEventFixture::fail);
    handle.unref();
    assertThat(loop.run()).isFalse();
    close(handle);
    assertThat(loop.run()).isFalse();
    assertThat(closed).hasValue(1);
  }
}
