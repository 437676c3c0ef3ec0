// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.futures.FsFutures;
import io.minilibuv.threadpool.RequestFuture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Calls as futures: the same calls, with the same answers and the same errors. */
class FsFuturesTest extends FsFixture {

  private static Stream<Method> futures() {
    return Arrays.stream(FsFutures.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()));
  }

  private static RequestFuture<?> call(Method method, Object... arguments) throws Throwable {
    try {
      return (RequestFuture<?>) method.invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private Object[] arguments(Method method) {
    return FsArguments.of(method, loop, at("missing/fileXXXXXX"), request -> {});
  }

  /** Runs the loop until {@code future} is done. */
  private <T> T value(Supplier<RequestFuture<T>> future) {
    RequestFuture<T> made = future.get();
    assertThat(made).isNotDone();
    loop.run();
    return made.join();
  }

  @Test
  void everyCallHasThisFormToo() {
    List<List<Object>> calls =
        FsRequestTest.calls(true)
            .map(
                method -> {
                  List<Class<?>> types = List.of(method.getParameterTypes());
                  return List.<Object>of(method.getName(), types.subList(0, types.size() - 1));
                })
            .toList();
    List<List<Object>> futures =
        futures()
            .map(method -> List.<Object>of(method.getName(), List.of(method.getParameterTypes())))
            .toList();
    assertThat(futures).containsExactlyInAnyOrderElementsOf(calls);
  }

  @TestFactory
  Stream<DynamicTest> everyFutureFailsAsTheBlockingFormDoes() {
    return futures()
        .map(
            method ->
                DynamicTest.dynamicTest(
                    method.getName() + Arrays.toString(method.getParameterTypes()),
                    () -> {
                      Object[] arguments = arguments(method);
                      Method blocking =
                          Fs.class.getMethod(
                              method.getName(),
                              Arrays.copyOfRange(method.getParameterTypes(), 1, arguments.length));
                      Throwable thrown =
                          assertThrows(
                                  InvocationTargetException.class,
                                  () ->
                                      blocking.invoke(
                                          null, Arrays.copyOfRange(arguments, 1, arguments.length)))
                              .getCause();
                      RequestFuture<?> future = call(method, arguments);
                      assertThat(future).isNotDone();
                      loop.run();
                      Throwable cause =
                          assertThrows(CompletionException.class, future::join).getCause();
                      assertThat(cause).isInstanceOf(UvException.class);
                      assertEquals(thrown.getMessage(), cause.getMessage());
                      assertEquals(((UvException) thrown).path(), ((UvException) cause).path());
                    }));
  }

  @Test
  void whatIsCancelledInTimeIsNotDone() {
    whileSaturated(
        saturated -> {
          List<RequestFuture<?>> made = new ArrayList<>();
          futures()
              .forEach(
                  method -> {
                    Object[] arguments = arguments(method);
                    arguments[0] = saturated;
                    try {
                      made.add(call(method, arguments));
                    } catch (Throwable e) {
                      throw new AssertionError(method.toString(), e);
                    }
                  });
          assertThat(made).hasSizeGreaterThan(36).allMatch(future -> future.cancel(false));
          saturated.run(RunMode.NOWAIT);
          assertThat(made).allMatch(CompletableFuture::isCancelled);
        });
  }

  @Test
  void theyBringWhatTheCallsAnswer() {
    String file = at("file");
    int fd = value(() -> FsFutures.open(loop, file, O_CREAT | O_RDWR, 0600));
    assertThat(value(() -> FsFutures.write(loop, fd, bytes("hello"), -1))).isEqualTo(5);
    ByteBuffer two = ByteBuffer.allocate(2);
    assertThat(value(() -> FsFutures.read(loop, fd, two, 1))).isEqualTo(2);
    assertThat(text(two)).isEqualTo("el");
    assertThat(value(() -> FsFutures.fstat(loop, fd)).size()).isEqualTo(5);
    assertThat(value(() -> FsFutures.ftruncate(loop, fd, 4))).isNull();
    assertThat(value(() -> FsFutures.close(loop, fd))).isNull();
    assertThat(value(() -> FsFutures.stat(loop, file)).size()).isEqualTo(4);
    assertThat(value(() -> FsFutures.symlink(loop, "file", at("link")))).isNull();
    assertThat(value(() -> FsFutures.lstat(loop, at("link"))).isSymbolicLink()).isTrue();
    assertThat(value(() -> FsFutures.readlink(loop, at("link")))).isEqualTo("file");
    assertThat(value(() -> FsFutures.realpath(loop, at("link")))).endsWith("/file");
    assertThat(value(() -> FsFutures.scandir(loop, at(""))))
        .extracting(Dirent::name)
        .containsExactly("file", "link");
    assertThat(value(() -> FsFutures.statfs(loop, file)).bsize()).isPositive();
    assertThat(value(() -> FsFutures.mkdtemp(loop, at("dXXXXXX")))).startsWith(at("d"));
    TempFile temp = value(() -> FsFutures.mkstemp(loop, at("tXXXXXX")));
    assertThat(Fs.stat(temp.path()).isRegularFile()).isTrue();
    Fs.close(temp.fd());
    FsDir opened = value(() -> FsFutures.opendir(loop, at("")));
    assertThat(value(() -> FsFutures.readdir(loop, opened, 10))).hasSize(4);
    assertThat(value(() -> FsFutures.closedir(loop, opened))).isNull();
    assertThat(value(() -> FsFutures.copyfile(loop, file, at("copy"), 0))).isNull();
    int in = Fs.open(file, FsFlags.O_RDONLY, 0);
    int out = Fs.open(at("copy"), O_RDWR, 0);
    assertThat(value(() -> FsFutures.sendfile(loop, out, in, 0, 3))).isEqualTo(3);
    Fs.close(in);
    Fs.close(out);
  }

  @Test
  void stagesRunOnTheLoopsThread() {
    List<Thread> ranOn = new ArrayList<>();
    CompletableFuture<String> chained =
        FsFutures.mkdir(loop, at("a"), 0700)
            .thenCompose(made -> FsFutures.realpath(loop, at("a")))
            .whenComplete((path, error) -> ranOn.add(Thread.currentThread()));
    loop.run();
    assertThat(chained).isCompleted();
    assertThat(ranOn).containsExactly(Thread.currentThread());
  }

  @Test
  void argumentsThatAreWrongThrowAtOnce() {
    assertThatThrownBy(() -> FsFutures.read(loop, 0, new ByteBuffer[0], 0))
        .isInstanceOf(UvException.class);
    assertThat(loop.isAlive()).isFalse();
  }

  /** {@link FsFixture} counts the descriptors afterwards. */
  @Test
  void whatIsOpenedForNobodyIsClosed() {
    RequestFuture<Integer> open = FsFutures.open(loop, at("a"), O_CREAT | O_RDWR, 0600);
    RequestFuture<TempFile> mkstemp = FsFutures.mkstemp(loop, at("tXXXXXX"));
    RequestFuture<FsDir> opendir = FsFutures.opendir(loop, at(""));
    open.completeExceptionally(new IllegalStateException("a timeout"));
    mkstemp.complete(null);
    opendir.complete(null);
    List<String> closed = new ArrayList<>();
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsSubmitted(Loop on, FsRequest request) {
            closed.add(request.fsType().callName());
          }
        });
    loop.run();
    assertThat(closed).containsExactlyInAnyOrder("close", "close", "unlink", "closedir");
  }
}
