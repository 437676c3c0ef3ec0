// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@code test/test-fs.c}: names of their own. */
class FsTempTest extends FsFixture {

  /** It has not begun, and made nothing of the template. */
  @Test
  void aCancelledMkstempKeepsItsTemplate() throws InterruptedException {
    CountDownLatch mayEnd = new CountDownLatch(1);
    List<String> paths = new ArrayList<>();
    try (ThreadPool pool = new ThreadPool(1)) {
      Loop busy = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
      CountDownLatch begun = new CountDownLatch(1);
      WorkRequest.queue(
          busy,
          work -> {
            begun.countDown();
            mayEnd.await();
          },
          null);
      begun.await();
      Fs.mkstemp(busy, at("fileXXXXXX"), done -> paths.add(done.path())).cancel();
      mayEnd.countDown();
      busy.shutdown();
    }
    assertEquals(List.of(at("fileXXXXXX")), paths);
  }

  @Test
  void fsMkdtemp() {
    String template = at("test_dir_XXXXXX");
    FsRequest request = done(callback -> Fs.mkdtemp(loop, template, callback));
    assertEquals(0, request.orThrow());
    String first = request.path();
    assertThat(first)
        .hasSize(template.length())
        .startsWith(at("test_dir_"))
        .doesNotEndWith("XXXXXX");
    assertEquals(0700, Fs.stat(first).permissions());
    assertTrue(Fs.stat(first).isDirectory());

    String second = Fs.mkdtemp(template);
    assertTrue(Fs.stat(second).isDirectory());
    assertNotEquals(first, second);
  }

  @Test
  void mkdtempFailsAndKeepsThePath() {
    FsRequest bad = done(callback -> Fs.mkdtemp(loop, at("no_template"), callback));
    assertEquals(UvError.EINVAL.code(), bad.result());
    assertEquals(at("no_template"), bad.path());
    assertFails(UvError.EINVAL, () -> Fs.mkdtemp(""));
    assertFails(UvError.EINVAL, () -> Fs.mkdtemp(at("XXXXXx")));
    assertFails(UvError.ENOENT, () -> Fs.mkdtemp(at("missing/XXXXXX")));
    assertFails(UvError.EINVAL, () -> Fs.mkdtemp(at("\0XXXXXX")));
    assertThat(Fs.scandir(dir.toString())).isEmpty();
  }

  @Test
  void fsMkstemp() {
    String template = at("test_file_XXXXXX");
    FsRequest request = done(callback -> Fs.mkstemp(loop, template, callback));
    int fd = (int) request.orThrow();
    String first = request.path();
    assertThat(first).hasSize(template.length()).startsWith(at("test_file_"));
    FsStat stat = Fs.stat(first);
    assertTrue(stat.isRegularFile());
    assertEquals(0600, stat.permissions());

    TempFile second = Fs.mkstemp(template);
    assertNotEquals(first, second.path());
    write(fd, TEST_BUF);
    assertEquals(TEST_BUF, content(first));
    write(second.fd(), TEST_BUF2);
    assertEquals(TEST_BUF2, content(second.path()));
    Fs.close(fd);
    Fs.close(second.fd());
  }

  @Test
  void mkstempEmptiesThePathWhenItFails() {
    for (String bad : new String[] {at("test_file"), at("missing/XXXXXX"), "", "XXXXX"}) {
      FsRequest request = done(callback -> Fs.mkstemp(loop, bad, callback));
      assertTrue(request.result() < 0, bad);
      assertEquals("", request.path());
    }
    assertFails(UvError.EINVAL, () -> Fs.mkstemp(at("test_file")));
    assertFails(UvError.ENOENT, () -> Fs.mkstemp(at("missing/XXXXXX")));
    assertThat(Fs.scandir(dir.toString())).isEmpty();
  }

  @Test
  void aTemplateOfNothingElseWillDo() {
    String made = Fs.mkdtemp(at("XXXXXX"));
    assertThat(made).hasSize(at("XXXXXX").length());
    Fs.rmdir(made);
  }
}
