// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.fs.ForwardingFsBackend;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** The real file system, whose calls are counted, and go wrong where a test wants them to. */
class RiggedFs extends ForwardingFsBackend {

  /** What happens to calls. Called on workers. */
  interface Rig {
    /**
     * Called before each call, which is counted from 0.
     *
     * @param path what it is about, or null if that is a descriptor
     * @return what the call is to result in, or null to have it done
     */
    Long before(int number, String call, String path);

    /** Called after each call. */
    default void after(String call) throws IOException {}
  }

  private final Rig rig;
  private final AtomicInteger calls = new AtomicInteger();
  private final Set<Long> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger mostOpen = new AtomicInteger();

  RiggedFs(Rig rig) {
    super(FsBackend.system());
    this.rig = rig;
  }

  final int calls() {
    return calls.get();
  }

  /** How many descriptors are open now. */
  final int open() {
    return open.size();
  }

  /** How many descriptors have been open at once. */
  final int mostOpen() {
    return mostOpen.get();
  }

  @Override
  protected final long forward(FsType call, String path, LongSupplier made) {
    Long instead = rig.before(calls.getAndIncrement(), call.callName(), path);
    // A close that tells of an error has closed all the same.
    long answer = instead == null || call == FsType.CLOSE ? made.getAsLong() : 0;
    long result = instead != null ? instead : answer;
    if (call == FsType.OPEN && result >= 0) {
      open.add(result);
      mostOpen.accumulateAndGet(open.size(), Math::max);
    }
    try {
      rig.after(call.callName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }

  @Override
  public long close(int fd) {
    // Before it is done: the number may be given out again at once.
    open.remove((long) fd);
    return super.close(fd);
  }
}
