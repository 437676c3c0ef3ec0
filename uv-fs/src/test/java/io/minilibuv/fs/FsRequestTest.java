// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.ThreadPool;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is the same for all file system requests. */
class FsRequestTest extends FsFixture {

  static Stream<Method> calls(boolean async) {
    return Arrays.stream(Fs.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> async == (method.getReturnType() == FsRequest.class));
  }

  private Object[] arguments(Method call, FsCallback callback) {
    return FsArguments.of(call, loop, at("missing/fileXXXXXX"), callback);
  }

  private static Object call(Method call, Object... arguments) throws Throwable {
    try {
      return call.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String describe(Method call) {
    return call.getName() + Arrays.toString(call.getParameterTypes());
  }

  @Test
  void everyCallHasBothForms() {
    List<List<Object>> async =
        calls(true)
            .map(
                method -> {
                  List<Class<?>> types = List.of(method.getParameterTypes());
                  return List.<Object>of(method.getName(), types.subList(1, types.size() - 1));
                })
            .toList();
    List<List<Object>> sync =
        calls(false)
            .map(method -> List.<Object>of(method.getName(), List.of(method.getParameterTypes())))
            .toList();
    assertThat(async).containsExactlyInAnyOrderElementsOf(sync).hasSizeGreaterThan(36);
  }

  /** {@code fs_null_req}: in C the request is an argument, here it is what the call returns. */
  @Test
  void fsNullReq() {
    Stream.concat(calls(true), calls(false))
        .forEach(
            method -> {
              Object[] good = arguments(method, request -> {});
              for (int i = 0; i < good.length; i++) {
                if (!method.getParameterTypes()[i].isPrimitive()) {
                  Object[] bad = good.clone();
                  bad[i] = null;
                  assertThrows(
                      NullPointerException.class, () -> call(method, bad), describe(method));
                }
              }
            });
    assertThrows(NullPointerException.class, () -> Fs.read(0, new ByteBuffer[1], 0));
    assertFalse(loop.isAlive());
  }

  @TestFactory
  Stream<DynamicTest> everyCallFailsInBothFormsAlike() {
    return calls(true)
        .map(
            method ->
                DynamicTest.dynamicTest(
                    describe(method),
                    () -> {
                      List<FsRequest> calledBack = new ArrayList<>();
                      FsRequest request =
                          (FsRequest) call(method, arguments(method, calledBack::add));
                      assertEquals(RequestType.FS, request.type());
                      assertEquals(method.getName(), request.fsType().callName());
                      loop.run();
                      assertEquals(List.of(request), calledBack);
                      assertTrue(request.result() < 0);
                      UvException error = request.error();
                      assertNotNull(error);
                      assertThat(error.error()).isIn(UvError.ENOENT, UvError.EBADF, UvError.EINVAL);
                      assertThrows(UvException.class, request::orThrow);
                      assertEquals(method.getName(), error.call());
                      // A failed mkstemp forgets its path, as in C; its error does not.
                      boolean forgotten = request.fsType() == FsType.MKSTEMP;
                      String path = forgotten ? at("missing/fileXXXXXX") : request.path();
                      assertEquals(path, error.path());
                      assertThat(request.toString()).startsWith("fs " + method.getName());
                    }));
  }

  /** {@code test/test-threadpool-cancel.c}, with the calls that there are. */
  @Test
  void threadpoolCancelFs() {
    whileSaturated(
        saturated -> {
          List<FsRequest> cancelled = new ArrayList<>();
          List<FsRequest> calledBack = new ArrayList<>();
          calls(true)
              .forEach(
                  method -> {
                    Object[] arguments = arguments(method, calledBack::add);
                    arguments[0] = saturated;
                    try {
                      cancelled.add((FsRequest) call(method, arguments));
                    } catch (Throwable e) {
                      throw new AssertionError(describe(method), e);
                    }
                  });
          cancelled.forEach(FsRequest::cancel);
          assertTrue(calledBack.isEmpty());
          cancelled.forEach(request -> assertEquals(0, request.result()));
          saturated.run(RunMode.NOWAIT);
          assertEquals(cancelled, calledBack);
          for (FsRequest request : calledBack) {
            assertEquals(UvError.ECANCELED.code(), request.result());
            assertNull(request.text());
            assertEquals(0, request.bytes());
            assertThrows(IllegalStateException.class, request::stat);
            assertSame(
                UvError.ECANCELED, assertThrows(UvException.class, request::scandirNext).error());
          }
        });
  }

  @Test
  void cancellingOpenOpensNothing() {
    whileSaturated(
        saturated -> {
          String path = at("never_made");
          FsRequest open = Fs.open(saturated, path, O_WRONLY | O_CREAT, 0600, request -> {});
          open.cancel();
          saturated.run(RunMode.NOWAIT);
          assertEquals(UvError.ECANCELED.code(), open.result());
          assertEquals(path, open.path());
          assertFails(UvError.ENOENT, () -> Fs.stat(path));
        });
  }

  /** In C it is not defined what becomes of it. */
  @Test
  void whatIsAskedOfAClosedPoolIsCancelled() {
    ThreadPool pool = new ThreadPool(1);
    pool.close();
    try (Loop own = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool))) {
      List<FsRequest> calledBack = new ArrayList<>();
      FsRequest stat = Fs.stat(own, at(""), calledBack::add);
      assertThat(calledBack).isEmpty();
      assertFalse(own.run());
      assertEquals(List.of(stat), calledBack);
      assertEquals(UvError.ECANCELED.code(), stat.result());
    }
  }

  @Test
  void whatIsDoneCannotBeCancelled() {
    FsRequest stat = done(callback -> Fs.stat(loop, at(""), callback));
    assertFails(UvError.EBUSY, stat::cancel);
    assertTrue(stat.stat().isDirectory());
    assertNull(stat.error());
    assertEquals(0, stat.orThrow());
  }

  /** libuv's test makes {@code statfs} fail, which is not here yet. */
  @Test
  void fsGetSystemError() {
    FsRequest stat = done(callback -> Fs.stat(loop, at("non_existing_file"), callback));
    assertTrue(stat.result() < 0);
    assertEquals(-UvError.ENOENT.code(), stat.systemError());
    assertEquals(0, done(callback -> Fs.stat(loop, at(""), callback)).systemError());
  }

  @Test
  void requestsBelongToTheLoopsThread() throws InterruptedException {
    List<Throwable> thrown = new ArrayList<>();
    Thread other =
        new Thread(
            () -> {
              try {
                Fs.stat(loop, at(""), request -> {});
              } catch (IllegalStateException e) {
                thrown.add(e);
              }
              Fs.stat(at(""));
            });
    other.start();
    other.join();
    assertEquals(1, thrown.size());
    assertFalse(loop.isAlive());
  }

  @Test
  void anObserverSeesRequestsComeAndGo() {
    List<String> seen = new ArrayList<>();
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsSubmitted(Loop on, FsRequest request) {
            assertSame(loop, on);
            assertFalse(request.isActive());
            seen.add("submitted " + request.fsType() + " " + request.path());
          }

          @Override
          public void fsDelivered(Loop on, FsRequest request) {
            assertSame(loop, on);
            seen.add("delivered " + request.fsType() + " " + request.result());
          }
        });
    int fd = Fs.open(file("test_file", TEST_BUF), O_RDONLY, 0);
    Fs.read(loop, fd, ByteBuffer.allocate(5), 0, read -> seen.add("callback " + read.bytes()));
    loop.run();
    Fs.stat(loop, at("missing"), stat -> seen.add("callback " + stat.bytes()));
    loop.run();
    loop.setObserver(null);
    Fs.close(fd);
    assertEquals(
        List.of(
            "submitted READ null",
            "delivered READ 5",
            "callback 5",
            "submitted STAT " + at("missing"),
            "delivered STAT " + UvError.ENOENT.code(),
            "callback 0"),
        seen);
  }

  @Test
  void anObserverThatThrowsKeepsNobodyFromBeingCalledBack() {
    IllegalStateException thrown = new IllegalStateException("on purpose");
    List<Throwable> caught = new ArrayList<>();
    List<FsRequest> calledBack = new ArrayList<>();
    loop.setExceptionHandler((source, exception) -> caught.add(exception));
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsDelivered(Loop on, FsRequest request) {
            throw thrown;
          }
        });
    FsRequest stat = Fs.stat(loop, at(""), calledBack::add);
    loop.run();
    assertEquals(List.of(stat), calledBack);
    assertEquals(List.of(thrown), caught);
  }

  @Test
  void requestsTellHowLongTheyWaitedAndRan() {
    long before = Uv.hrtime();
    FsRequest stat =
        done(
            callback -> {
              FsRequest request = Fs.stat(loop, at(""), callback);
              assertEquals(0, request.waitNanos());
              assertEquals(0, request.runNanos());
              return request;
            });
    long most = Uv.hrtime() - before;
    assertThat(stat.waitNanos()).isPositive().isLessThan(most);
    assertThat(stat.runNanos()).isPositive().isLessThan(most - stat.waitNanos());
    whileSaturated(
        saturated -> {
          FsRequest cancelled = Fs.stat(saturated, at(""), request -> {});
          cancelled.cancel();
          saturated.run(RunMode.NOWAIT);
          assertEquals(0, cancelled.waitNanos());
          assertEquals(0, cancelled.runNanos());
        });
  }

  /** A backend in which everything throws what no backend should. */
  private static FsBackend brokenBackend(Error thrown) {
    return new ForwardingFsBackend(FsBackend.system()) {
      @Override
      protected long forward(FsType call, String path, LongSupplier made) {
        throw thrown;
      }
    };
  }

  @Test
  void aLoopCanHaveABackendOfItsOwn() {
    OutOfMemoryError thrown = new OutOfMemoryError("on purpose");
    LoopOptions options = new LoopOptions().with(FsBackend.OF_LOOP, brokenBackend(thrown));
    try (Loop broken = Loop.open(options)) {
      List<FsRequest> calledBack = new ArrayList<>();
      FsRequest stat = Fs.stat(broken, at(""), calledBack::add);
      broken.run();
      assertEquals(List.of(stat), calledBack);
      assertEquals(UvError.ENOMEM.code(), stat.result());
      UvException error = stat.error();
      assertNotNull(error);
      assertSame(thrown, error.getCause());
      assertNotSame(FsBackend.system(), FsBackend.OF_LOOP.of(broken));
    }
    assertTrue(Fs.stat(at("")).isDirectory());
  }

  @Test
  void typesHaveTheNumbersOfC() {
    assertEquals(-1, FsType.UNKNOWN.number());
    assertEquals(0, FsType.CUSTOM.number());
    assertEquals(1, FsType.OPEN.number());
    assertEquals(17, FsType.UNLINK.number());
    assertEquals(36, FsType.LUTIME.number());
    assertThat(FsType.values()).extracting(FsType::number).isSorted().doesNotHaveDuplicates();
    assertEquals("fdatasync", FsType.FDATASYNC.callName());
  }
}
