// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The real calls, counted. Threads give their turn to others right before they write to an eventfd,
 * and before they wait for it, where a system call could take long.
 */
final class SlowCalls implements InvocationHandler {
  private final PollCalls real = new NativePollCalls();

  final AtomicLong writes = new AtomicLong();

  /** Waits that were not to wait. */
  final AtomicLong looks = new AtomicLong();

  /** Waits that an event has ended. */
  final AtomicLong told = new AtomicLong();

  /** Waits that ended with nothing to tell. */
  final AtomicLong vain = new AtomicLong();

  /** The number of the last eventfd. */
  private volatile int eventfd;

  PollCalls calls() {
    return (PollCalls)
        Proxy.newProxyInstance(
            SlowCalls.class.getClassLoader(), new Class<?>[] {PollCalls.class}, this);
  }

  int lastEventfd() {
    return eventfd;
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    boolean waits = method.getName().equals("epollPwait");
    if (method.getName().equals("write")) {
      writes.getAndIncrement();
      yieldSometimes();
    } else if (waits) {
      yieldSometimes();
    }
    Object result;
    try {
      result = method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
    if (waits) {
      AtomicLong kind = arguments[4].equals(0) ? looks : (int) result > 0 ? told : vain;
      kind.getAndIncrement();
    } else if (method.getName().equals("eventfd")) {
      eventfd = (int) result;
    }
    return result;
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private static void yieldSometimes() {
    if (ThreadLocalRandom.current().nextInt(4) == 0) {
      Thread.yield();
    }
  }
}
