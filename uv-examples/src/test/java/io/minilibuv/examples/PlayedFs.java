// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsBackend;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A file system in which a test says what calls answer, and reads afterwards which there were.
 *
 * <p>A call goes by its name and its file's: {@code read a}. Standard input is {@code in}, standard
 * output {@code out}.
 */
public final class PlayedFs implements InvocationHandler {
  private final Map<String, ByteBuffer> contents = new HashMap<>();
  private final Map<String, ByteArrayOutputStream> written = new HashMap<>();
  private final Map<String, Deque<Long>> answers = new HashMap<>();
  private final Map<String, CountDownLatch> held = new HashMap<>();
  private final List<String> names = new ArrayList<>(List.of("in", "out", "err"));
  private final List<String> calls = new ArrayList<>();

  /** What a loop takes. */
  public FsBackend backend() {
    return (FsBackend)
        Proxy.newProxyInstance(
            FsBackend.class.getClassLoader(), new Class<?>[] {FsBackend.class}, this);
  }

  /** Gives {@code name} a content to read. */
  public synchronized PlayedFs file(String name, byte[] content) {
    contents.put(name, ByteBuffer.wrap(content));
    return this;
  }

  /** Has {@code call} answer this, one after the other, and go well after that. */
  public synchronized PlayedFs answer(String call, long... results) {
    Deque<Long> queue = answers.computeIfAbsent(call, any -> new ArrayDeque<>());
    for (long result : results) {
      queue.add(result);
    }
    return this;
  }

  /** Has {@code call} wait, each time that it comes, until the latch is counted down. */
  public synchronized CountDownLatch hold(String call) {
    return held.computeIfAbsent(call, any -> new CountDownLatch(1));
  }

  /** Holds nothing any more. */
  public synchronized void release() {
    held.values().forEach(CountDownLatch::countDown);
  }

  /** The calls so far, in the order in which they began. */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** What was written to {@code name}. */
  public synchronized byte[] written(String name) {
    return written.getOrDefault(name, new ByteArrayOutputStream()).toByteArray();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    String name = arguments[0] instanceof Integer fd ? nameOf(fd) : (String) arguments[0];
    String call = method.getName() + ' ' + name;
    CountDownLatch latch = begin(call);
    if (latch != null) {
      latch.await();
    }
    return answer(method.getName(), call, name, arguments);
  }

  private synchronized String nameOf(int fd) {
    return names.get(fd);
  }

  private synchronized CountDownLatch begin(String call) {
    calls.add(call);
    return held.get(call);
  }

  private synchronized long answer(String what, String call, String name, Object[] arguments) {
    Deque<Long> queue = answers.getOrDefault(call, new ArrayDeque<>());
    long most = queue.isEmpty() ? Long.MAX_VALUE : queue.remove();
    if (most < 0) {
      return most;
    }
    return switch (what) {
      case "open" -> {
        names.add(name);
        yield names.size() - 1L;
      }
      case "close" -> 0;
      case "read" ->
          move(contents.getOrDefault(name, ByteBuffer.allocate(0)), bufferOf(arguments), most);
      case "write" -> {
        ByteBuffer taken = ByteBuffer.allocate(bufferOf(arguments).remaining());
        long moved = move(bufferOf(arguments), taken, most);
        written
            .computeIfAbsent(name, any -> new ByteArrayOutputStream())
            .write(taken.array(), 0, (int) moved);
        yield moved;
      }
      default -> UvError.ENOSYS.code();
    };
  }

  private static ByteBuffer bufferOf(Object[] arguments) {
    return ((ByteBuffer[]) arguments[1])[0];
  }

  private static long move(ByteBuffer from, ByteBuffer to, long most) {
    int length = (int) Math.min(most, Math.min(from.remaining(), to.remaining()));
    to.put(from.slice(from.position(), length));
    from.position(from.position() + length);
    return length;
  }
}
