// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsBackend;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The system's calls, of which some go wrong as a test wants them to, and all are written down. */
final class FaultyCalls {
  /** Makes a call, given its arguments. */
  @FunctionalInterface
  interface Answer {
    long to(Object[] arguments);
  }

  /** The calls of this system. */
  static final Abi ABI = Objects.requireNonNull(Abi.of(System.getProperty("os.arch")));

  static final FileCalls REAL = new LibcCalls(ABI);

  private final Map<String, Deque<Answer>> next = new HashMap<>();
  private final Map<String, Answer> always = new HashMap<>();
  private final List<String> made = new ArrayList<>();

  private final FileCalls calls =
      (FileCalls)
          Proxy.newProxyInstance(
              FileCalls.class.getClassLoader(),
              new Class<?>[] {FileCalls.class},
              (proxy, method, arguments) -> answer(method, arguments));

  private Object answer(Method method, Object[] arguments) throws ReflectiveOperationException {
    made.add(method.getName());
    Deque<Answer> script = next.get(method.getName());
    Answer scripted = script == null || script.isEmpty() ? null : script.poll();
    Answer answer = scripted != null ? scripted : always.get(method.getName());
    if (answer == null) {
      return method.invoke(REAL, arguments);
    }
    long result = answer.to(arguments);
    return method.getReturnType() == int.class ? (Object) (int) result : (Object) result;
  }

  /** A backend that makes these calls. */
  FsBackend backend() {
    return backend(ABI);
  }

  /** One that makes them as if it were on another processor. */
  FsBackend backend(Abi abi) {
    return new LinuxFsBackend(calls, abi);
  }

  private static String known(String call) {
    assertThat(Arrays.stream(FileCalls.class.getMethods()).map(Method::getName)).contains(call);
    return call;
  }

  /** Has the next calls of {@code call} fail, one with each of {@code errors}. */
  FaultyCalls fail(String call, UvError... errors) {
    for (UvError error : errors) {
      answer(call, arguments -> error.code());
    }
    return this;
  }

  /** Has the next call of {@code call} be made by {@code answer}. */
  FaultyCalls answer(String call, Answer answer) {
    next.computeIfAbsent(known(call), name -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /** Has all calls of {@code call} be made by {@code answer}. */
  FaultyCalls always(String call, Answer answer) {
    always.put(known(call), answer);
    return this;
  }

  /** Has all calls of {@code call} fail. */
  FaultyCalls alwaysFail(String call, UvError error) {
    return always(call, arguments -> error.code());
  }

  /** All calls that were made since this was last asked, by name. */
  List<String> made() {
    List<String> all = List.copyOf(made);
    made.clear();
    return all;
  }

  /** How often {@code name} was called since then. */
  long count(String name) {
    known(name);
    return made.stream().filter(name::equals).count();
  }
}
