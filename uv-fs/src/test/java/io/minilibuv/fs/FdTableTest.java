// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The descriptors, apart from real files. */
class FdTableTest {

  /** A file that is only open or closed. */
  private static final class Fake extends OpenFile {
    final AtomicInteger closed = new AtomicInteger();
    private final boolean breaks;

    Fake() {
      this(false);
    }

    Fake(boolean breaks) {
      super(null, null);
      this.breaks = breaks;
    }

    @Override
    long read(ByteBuffer[] buffers, long offset) {
      return 0;
    }

    @Override
    long write(ByteBuffer[] buffers, long offset) {
      return 0;
    }

    @Override
    void force(boolean all) {}

    @Override
    void truncate(long length) {}

    @Override
    long size() {
      return 0;
    }

    @Override
    void close() throws IOException {
      closed.incrementAndGet();
      if (breaks) {
        throw new IOException("Input/output error");
      }
    }
  }

  private final FdTable table = new FdTable();

  @Test
  void theStandardStreamsAreThereFirst() {
    for (int fd = 0; fd <= 2; fd++) {
      OpenFile file = table.acquire(fd);
      assertNotNull(file);
      assertEquals("standard stream " + fd, file.toString());
      table.release(file);
    }
    assertNull(table.acquire(3));
    assertEquals(0, table.size());
  }

  @Test
  void theLowestFreeNumberIsNext() {
    Random random = new Random(3);
    TreeSet<Integer> open = new TreeSet<>();
    for (int round = 0; round < 2_000; round++) {
      if (open.isEmpty() || random.nextInt(5) < 3) {
        int lowest = 3;
        while (open.contains(lowest)) {
          lowest++;
        }
        assertEquals(lowest, table.add(new Fake()));
        open.add(lowest);
      } else {
        int fd = List.copyOf(open).get(random.nextInt(open.size()));
        assertEquals(0, table.close(fd));
        assertNull(table.acquire(fd));
        assertEquals(UvError.EBADF.code(), table.close(fd));
        open.remove(fd);
      }
      assertEquals(open.size(), table.size());
    }
  }

  @Test
  void aFileStaysOpenForWhoeverUsesIt() {
    Fake file = new Fake();
    int fd = table.add(file);
    OpenFile used = table.acquire(fd);
    OpenFile usedToo = table.acquire(fd);
    assertSame(file, used);
    assertEquals(0, table.close(fd));
    assertEquals(0, file.closed.get());

    // The number is another file's now; the call that is in progress has kept its own.
    Fake other = new Fake();
    assertEquals(fd, table.add(other));
    assertSame(other, table.acquire(fd));
    table.release(used);
    assertEquals(0, file.closed.get());
    table.release(usedToo);
    assertEquals(1, file.closed.get());
    assertEquals(0, other.closed.get());
    table.release(other);
    assertEquals(0, table.close(fd));
    assertEquals(1, other.closed.get());
  }

  @Test
  void aNumberIsFreeAlsoIfClosingFails() {
    Fake file = new Fake(true);
    int fd = table.add(file);
    assertEquals(UvError.EIO.code(), table.close(fd));
    assertEquals(UvError.EBADF.code(), table.close(fd));
    assertEquals(fd, table.add(new Fake()));

    Fake inUse = new Fake(true);
    int another = table.add(inUse);
    OpenFile used = table.acquire(another);
    assertEquals(0, table.close(another));
    table.release(used);
    assertEquals(1, inUse.closed.get());
  }

  /** Threads open, use and close at random; no number is ever two files', and no file is lost. */
  @Test
  void noNumberIsGivenOutTwiceAtOnce() throws Exception {
    int threads = 4;
    int rounds = 20_000;
    ConcurrentHashMap<Integer, Fake> owned = new ConcurrentHashMap<>();
    List<Fake> all = Collections.synchronizedList(new ArrayList<>());
    CyclicBarrier start = new CyclicBarrier(threads);
    Callable<Integer> worker =
        () -> {
          Random random = new Random(Thread.currentThread().getId());
          start.await();
          for (int round = 0; round < rounds; round++) {
            Fake file = new Fake();
            all.add(file);
            int fd = table.add(file);
            assertNull(owned.put(fd, file), "given out twice");
            // Whatever another's number leads to is open for as long as it is held.
            OpenFile used = table.acquire(3 + random.nextInt(2 * threads));
            if (used instanceof Fake held) {
              assertEquals(0, held.closed.get());
              table.release(held);
            }
            assertTrue(owned.remove(fd, file));
            assertEquals(0, table.close(fd));
          }
          return rounds;
        };
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(executor.submit(worker));
      }
      for (Future<Integer> result : results) {
        assertEquals(rounds, result.get());
      }
    } finally {
      executor.shutdown();
    }
    assertEquals(0, table.size());
    assertEquals(threads * rounds, all.size());
    assertFalse(all.stream().anyMatch(file -> file.closed.get() != 1));
  }
}
