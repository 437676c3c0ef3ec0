// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.core.UvError;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real calls, of which a test makes some fail, and sees all. */
final class FaultyCalls implements InvocationHandler {
  private final PollCalls real = new NativePollCalls();
  private final Map<String, Deque<Object>> faults = new HashMap<>();

  private final Map<String, Object> faulty = new HashMap<>();

  /** Makes a call, given its arguments. */
  @FunctionalInterface
  interface Answer {
    int to(Object[] arguments);
  }

  /** What was called, by whoever called: {@code epollCtl 1 7}, with operation and descriptor. */
  final List<String> called = new ArrayList<>();

  PollCalls calls() {
    return (PollCalls)
        Proxy.newProxyInstance(
            FaultyCalls.class.getClassLoader(), new Class<?>[] {PollCalls.class}, this);
  }

  /** The next call of this name does nothing and answers that error; several are done in turn. */
  synchronized FaultyCalls fail(String call, UvError error) {
    faults.computeIfAbsent(call, name -> new ArrayDeque<>()).add(error);
    return this;
  }

  /** Each call of this name answers that error, until {@link #heal}. */
  synchronized FaultyCalls failAlways(String call, UvError error) {
    faulty.put(call, error);
    return this;
  }

  /** From now on the calls of this name are done as they should be. */
  synchronized void heal(String call) {
    faulty.remove(call);
    faults.remove(call);
  }

  /** The next call of this name does not find its function. */
  synchronized FaultyCalls miss(String call) {
    faults
        .computeIfAbsent(call, name -> new ArrayDeque<>())
        .add(new UnsatisfiedLinkError("no function " + call));
    return this;
  }

  /** The next call of this name is done by {@code answer}. */
  synchronized FaultyCalls answer(String call, Answer answer) {
    faults.computeIfAbsent(call, name -> new ArrayDeque<>()).add(answer);
    return this;
  }

  /** The next call of this name is done as it should be. */
  synchronized FaultyCalls succeed(String call) {
    faults.computeIfAbsent(call, name -> new ArrayDeque<>()).add("done");
    return this;
  }

  synchronized long count(String call) {
    return called.stream().filter(line -> line.startsWith(call)).count();
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    Object fault = next(method.getName(), arguments);
    if (fault instanceof Error missing) {
      throw missing;
    }
    if (fault instanceof UvError error) {
      return method.getReturnType() == long.class ? (Object) (long) error.code() : error.code();
    }
    if (fault instanceof Answer answer) {
      return answer.to(arguments);
    }
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private synchronized Object next(String name, Object[] arguments) {
    boolean control = name.equals("epollCtl");
    called.add(control ? name + " " + arguments[2] + " " + arguments[3] : name);
    Deque<Object> due = faults.get(name);
    return due == null || due.isEmpty() ? faulty.get(name) : due.poll();
  }
}
