// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A backend that leaves its calls to another one: all of them, as they are. */
class ForwardingFsBackendTest extends FsFixture {
  private static final long ANSWER = 4711;

  /** What came through, each as the method and its arguments. */
  private final List<List<Object>> arrived = new ArrayList<>();

  /** What came by. */
  private final List<List<Object>> forwarded = new ArrayList<>();

  private final FsBackend recorder =
      (FsBackend)
          Proxy.newProxyInstance(
              FsBackend.class.getClassLoader(),
              new Class<?>[] {FsBackend.class},
              (proxy, method, arguments) -> {
                arrived.add(List.of(method.getName(), List.of(arguments)));
                return ANSWER;
              });

  private class Watched extends ForwardingFsBackend {
    Watched() {
      super(recorder);
    }

    @Override
    protected long forward(FsType call, String path, LongSupplier made) {
      forwarded.add(Arrays.asList(call, path));
      return super.forward(call, path, made);
    }
  }

  static Stream<Method> calls() {
    return Arrays.stream(FsBackend.class.getMethods())
        .filter(method -> Modifier.isAbstract(method.getModifiers()))
        .filter(method -> method.getReturnType() == long.class);
  }

  @Test
  void thereIsNothingElseToForward() {
    assertThat(calls()).hasSize(36);
    assertThat(Arrays.stream(FsBackend.class.getMethods()).map(Method::getName))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(calls().map(Method::getName), Stream.of("name", "system", "nio"))
                .toList());
    FsBackend system = FsBackend.system();
    assertEquals(system.name(), new ForwardingFsBackend(system) {}.name());
    assertThrows(NullPointerException.class, () -> new ForwardingFsBackend(null) {});
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyCallIsPassedOnWithItsArgumentsAndItsAnswer(Method call) throws Exception {
    Object[] arguments = arguments(call);
    assertEquals(ANSWER, call.invoke(new Watched(), arguments));
    assertThat(arrived).containsExactly(List.of(call.getName(), List.of(arguments)));
    Object path = arguments[0] instanceof String ? arguments[0] : null;
    assertThat(forwarded)
        .containsExactly(
            Arrays.asList(FsType.valueOf(call.getName().toUpperCase(Locale.ROOT)), path));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void whoAnswersAnyCallByItselfPassesNothingOn(Method call) throws Exception {
    FsBackend full =
        new ForwardingFsBackend(recorder) {
          @Override
          protected long forward(FsType type, String path, LongSupplier made) {
            return UvError.ENOSPC.code();
          }
        };
    assertEquals((long) UvError.ENOSPC.code(), call.invoke(full, arguments(call)));
    assertThat(arrived).isEmpty();
  }

  /** Arguments that are all different, so that none can stand in another's place. */
  private static Object[] arguments(Method call) {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> type : call.getParameterTypes()) {
      arguments.add(argument(type, arguments.size() + 1));
    }
    return arguments.toArray();
  }

  private static Object argument(Class<?> type, int number) {
    if (type == String.class) {
      return "path " + number;
    } else if (type == int.class) {
      return number;
    } else if (type == long.class) {
      return (long) number;
    } else if (type == Uv.Timespec.class) {
      return new Uv.Timespec(number, 0);
    } else if (type == ByteBuffer[].class) {
      return new ByteBuffer[] {ByteBuffer.allocate(number)};
    } else if (type == FsDir.class) {
      return new FsDir() {};
    } else if (type == FsAnswer.class) {
      return new FsAnswer();
    } else {
      throw new AssertionError("no argument for " + type);
    }
  }

  @Test
  void aLoopsCallsGoThroughIt() {
    List<String> paths = new ArrayList<>();
    FsBackend noting =
        new ForwardingFsBackend(FsBackend.system()) {
          @Override
          public long stat(String path, FsAnswer answer) {
            paths.add(path);
            return super.stat(path, answer);
          }
        };
    try (Loop own = Loop.open(new LoopOptions().with(FsBackend.OF_LOOP, noting))) {
      FsRequest stat = Fs.stat(own, at(""), request -> {});
      own.run();
      assertThat(stat.stat().isDirectory()).isTrue();
    }
    assertEquals(List.of(at("")), paths);
  }
}
