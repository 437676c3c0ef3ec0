// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.fs.FsBackend;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The real file system, whose calls are counted, and go wrong where a test wants them to. */
final class RiggedFs {

  /** What happens to calls. Called on workers. */
  interface Rig {
    /**
     * Called before each call, which is counted from 0.
     *
     * @return what the call is to result in, or null to have it done
     */
    Long before(int number, String call, Object[] arguments);

    /** Called after each call, with what it results in. */
    default void after(String call, Object[] arguments, long result) throws IOException {}
  }

  private final FsBackend real = FsBackend.system();
  private final Rig rig;
  private final AtomicInteger calls = new AtomicInteger();
  private final Set<Long> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostOpen = new AtomicInteger();

  RiggedFs(Rig rig) {
    this.rig = rig;
  }

  FsBackend backend() {
    return (FsBackend)
        Proxy.newProxyInstance(
            RiggedFs.class.getClassLoader(),
            new Class<?>[] {FsBackend.class},
            (proxy, method, arguments) -> invoke(method, arguments));
  }

  int calls() {
    return calls.get();
  }

  /** How many descriptors are open now. */
  int open() {
    return open.size();
  }

  /** How many descriptors have been open at once. */
  int mostOpen() {
    return mostOpen.get();
  }

  private Object invoke(Method method, Object[] arguments) throws Throwable {
    String call = method.getName();
    if (method.getReturnType() != long.class) {
      return method.invoke(real, arguments);
    }
    Long instead = rig.before(calls.getAndIncrement(), call, arguments);
    long result = instead != null ? instead : 0;
    // A close that tells of an error has closed all the same.
    if (instead == null || call.equals("close")) {
      long answer = invokeReal(method, arguments);
      result = instead != null ? instead : answer;
    }
    if (call.equals("open") && result >= 0) {
      open.add(result);
      mostOpen.accumulateAndGet(open.size(), Math::max);
    }
    rig.after(call, arguments, result);
    return result;
  }

  private long invokeReal(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("close")) {
      // Before it is done: the number may be given out again at once.
      open.remove(((Integer) arguments[0]).longValue());
    }
    try {
      return (long) method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
