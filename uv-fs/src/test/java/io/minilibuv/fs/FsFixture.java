// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A loop, a directory that is empty, and short forms of what most tests do with them. */
@ExtendWith(LeakCheck.class)
abstract class FsFixture {
  static final String TEST_BUF = "test-buffer\n";
  static final String TEST_BUF2 = "second-buffer\n";

  /** A number that no descriptor has: more than there can be. */
  static final int NEVER_OPEN = Integer.MAX_VALUE;

  /** More than anybody else in this process opens in a moment. */
  private static final int MANY = 64;

  @TempDir Path dir;

  final Loop loop = Loop.open();

  private final int openBefore = NioFsBackend.INSTANCE.openCount();

  @AfterEach
  final void leavesNothingOpen() {
    loop.shutdown();
    assertEquals(openBefore, NioFsBackend.INSTANCE.openCount(), "open descriptors");
  }

  /**
   * Whether file names can hold {@code text}. In a locale without Unicode, Java has no bytes for
   * most of it; the tests then check that this is told.
   */
  static boolean canName(String text) {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    return names.newEncoder().canEncode(text);
  }

  /** The path of {@code name} in the test's directory. */
  final String at(String name) {
    return dir + "/" + name;
  }

  /** Runs one request to its end, and checks that it calls back once, and not before. */
  final FsRequest done(Function<FsCallback, FsRequest> call) {
    List<FsRequest> calledBack = new ArrayList<>();
    FsRequest request = call.apply(calledBack::add);
    assertTrue(request.isActive());
    assertTrue(calledBack.isEmpty());
    assertFalse(loop.run());
    assertEquals(1, calledBack.size());
    assertSame(request, calledBack.get(0));
    assertFalse(request.isActive());
    return request;
  }

  /** Both forms of a call fail with {@code expected}. */
  final void assertFails(UvError expected, Executable sync, Function<FsCallback, FsRequest> async) {
    UvException thrown = assertFails(expected, sync);
    FsRequest request = done(async);
    assertEquals(expected.code(), request.result());
    UvException error = request.error();
    assertNotNull(error);
    assertSame(expected, error.error());
    assertEquals(thrown.getMessage(), error.getMessage());
    assertEquals(thrown.path(), request.path());
    assertEquals(request.fsType().callName(), thrown.call());
    assertThrows(IllegalStateException.class, request::stat);
    assertEquals(null, request.text());
    assertTrue(request.entries().isEmpty());
  }

  /** A call fails with {@code expected}. */
  static UvException assertFails(UvError expected, Executable sync) {
    UvException thrown = assertThrows(UvException.class, sync);
    assertSame(expected, thrown.error(), thrown.getMessage());
    return thrown;
  }

  /** Makes a file of {@code content}, with the permissions 0600. */
  final String file(String name, String content) {
    return file(name, content.getBytes(UTF_8));
  }

  /** Makes a file of {@code content}, with the permissions 0600. */
  final String file(String name, byte[] content) {
    String path = at(name);
    int fd = Fs.open(path, FsFlags.O_WRONLY | FsFlags.O_CREAT | FsFlags.O_TRUNC, 0600);
    assertEquals(content.length, Fs.write(fd, ByteBuffer.wrap(content), -1));
    Fs.close(fd);
    return path;
  }

  /**
   * A descriptor, for reading, that may be closed more than once. It is the last of many: the
   * lowest number may be the JVM's a moment after it was closed, where numbers are the system's.
   */
  static int openedHigh(String path) {
    List<Integer> below = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      below.add(Fs.open(path, FsFlags.O_RDONLY, 0));
    }
    int fd = Fs.open(path, FsFlags.O_RDONLY, 0);
    below.forEach(Fs::close);
    return fd;
  }

  /** A number that was a descriptor for reading {@code path}, and is none now. */
  static int closedDescriptor(String path) {
    int fd = openedHigh(path);
    Fs.close(fd);
    return fd;
  }

  /** All that {@code path} holds. */
  static String content(String path) {
    int fd = Fs.open(path, FsFlags.O_RDONLY, 0);
    ByteBuffer buffer = ByteBuffer.allocate((int) Fs.fstat(fd).size() + 1);
    Fs.read(fd, buffer, 0);
    Fs.close(fd);
    return text(buffer);
  }

  /** What has been read into {@code buffer}. */
  static String text(ByteBuffer buffer) {
    return UTF_8.decode(buffer.duplicate().flip()).toString();
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  /** Reads at most {@code size} bytes at the file position. */
  static String read(int fd, int size) {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    assertEquals(Fs.read(fd, buffer, -1), buffer.position());
    return text(buffer);
  }

  /** Writes at the file position. */
  static void write(int fd, String text) {
    assertEquals(text.length(), Fs.write(fd, bytes(text), -1));
  }

  /** Holds up all workers of a pool, so that what is submitted next stays queued. */
  final void whileSaturated(Consumer<Loop> body) {
    int size = 4;
    Semaphore gate = new Semaphore(0);
    try (ThreadPool pool = new ThreadPool(size)) {
      Loop saturated = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
      for (int i = 0; i < size; i++) {
        WorkRequest.queue(saturated, request -> gate.acquire(), null);
      }
      try {
        body.accept(saturated);
      } finally {
        gate.release(size);
        saturated.shutdown();
      }
    }
  }
}
