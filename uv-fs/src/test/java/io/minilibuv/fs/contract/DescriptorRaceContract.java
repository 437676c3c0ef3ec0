// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.Stress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Descriptors that several threads open, use and close at the same time: a number that is closed is
 * free at once, and whoever was using it ends on the file that he began with.
 */
@Timeout(300) // only for who would wait for ever
abstract class DescriptorRaceContract extends ContractFixture {
  private static final int THREADS = 4;

  /** More than a backend could move in one piece. */
  private static final int SIZE = 700_000;

  private static final String PLAIN = "x".repeat(1 << 20);

  @Test
  void noNumberIsHandedOutTwiceAtOnce() {
    int rounds = Stress.size(5_000, 200_000);
    ConcurrentHashMap<Integer, String> owners = new ConcurrentHashMap<>();
    AtomicInteger threads = new AtomicInteger();
    inThreads(
        THREADS,
        () -> {
          String mine = "of thread " + threads.incrementAndGet();
          String path = file(mine, mine);
          for (int round = 0; round < rounds; round++) {
            int fd = open(path, O_RDONLY);
            assertThat(owners.put(fd, mine)).as("another owner of " + fd).isNull();
            assertThat(read(fd, 99)).isEqualTo(mine);
            assertThat(owners.remove(fd, mine)).isTrue();
            close(fd);
          }
        });
  }

  @Test
  void aReadThatWaitsEndsOnItsPipeAlthoughItsNumberIsClosed() {
    String pipe = pipe("pipe");
    String file = file("file", "of the file");
    int reader = open(pipe, O_RDWR);
    int writer = open(pipe, O_RDWR);
    AtomicReference<String> got = new AtomicReference<>();
    try (Crew crew = new Crew()) {
      Thread reading = crew.start(() -> got.set(read(reader, 99)));
      try {
        await().until(() -> contract().waitsInSystem(reading));
        close(reader);
        fails(UvError.EBADF, fs.fstat(reader, new FsAnswer()));
        int another = open(file, O_RDWR);
        assertThat(read(another, 99)).isEqualTo("of the file");
        close(another);
      } finally {
        write(writer, "of the pipe");
      }
    }
    assertThat(got.get()).isEqualTo("of the pipe");
    close(writer);
  }

  @Test
  void aWriteThatWaitsEndsOnItsPipeAlthoughItsNumberIsClosed() {
    String pipe = pipe("pipe");
    String file = file("file", "");
    int reader = open(pipe, O_RDWR);
    int writer = open(pipe, O_RDWR);
    try (Crew crew = new Crew()) {
      Thread writing = crew.start(() -> write(writer, PLAIN));
      int got = 0;
      try {
        await().until(() -> contract().waitsInSystem(writing));
        close(writer);
        int another = open(file, O_RDWR);
        close(another);
      } finally {
        while (got < PLAIN.length()) {
          got += read(reader, 1 << 16).length();
        }
      }
    }
    assertThat(content(file)).isEmpty();
    close(reader);
  }

  /** Swaps the file that a number stands for, until {@code user} is done. */
  private void swapWhile(AtomicInteger number, int flags, Crew.Task user, String... paths) {
    AtomicReference<Boolean> ended = new AtomicReference<>(false);
    number.set(open(paths[0], flags));
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            try {
              user.run();
            } finally {
              ended.set(true);
            }
          });
      for (int next = 1; !ended.get(); next++) {
        close(number.get());
        number.set(open(paths[next % paths.length], flags));
        for (int i = next % 2_000; i > 0; i--) {
          Thread.onSpinWait();
        }
      }
    }
    close(number.get());
  }

  private static String letters(char letter) {
    return Character.toString(letter).repeat(SIZE);
  }

  @Test
  void aReadIsOfOneFileOnly() {
    AtomicInteger number = new AtomicInteger();
    int good = Stress.size(200, 5_000);
    ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    Set<Byte> seen = new TreeSet<>();
    Crew.Task reader =
        () -> {
          for (int reads = 0; reads < good || seen.size() < 2; ) {
            long result = fs.read(number.get(), buffers(buffer.duplicate()), 0);
            if (result != UvError.EBADF.code()) {
              assertThat(told(result)).isEqualTo(Integer.toString(SIZE));
              byte first = buffer.get(0);
              byte[] same = new byte[SIZE];
              Arrays.fill(same, first);
              assertThat(buffer.array()).isEqualTo(same);
              seen.add(first);
              reads++;
            }
          }
        };
    swapWhile(number, O_RDONLY, reader, file("a", letters('a')), file("b", letters('b')));
  }

  @Test
  void aWriteIsOfOneFileOnly() {
    AtomicInteger number = new AtomicInteger();
    int good = Stress.size(60, 1_000);
    ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    Crew.Task writer =
        () -> {
          for (int writes = 0; writes < good; ) {
            long result = fs.write(number.get(), buffers(buffer.duplicate()), AT_POSITION);
            if (result != UvError.EBADF.code()) {
              assertThat(told(result)).isEqualTo(Integer.toString(SIZE));
              writes++;
            }
          }
        };
    swapWhile(number, O_WRONLY | O_APPEND, writer, file("a", ""), file("b", ""));
    long ofA = stat(at("a")).size();
    long ofB = stat(at("b")).size();
    assertThat(ofA % SIZE).isZero();
    assertThat(ofA + ofB).isEqualTo((long) good * SIZE);
  }

  @Test
  void everyCallOnANumberThatIsBeingClosedIsDoneOrRefused() {
    AtomicInteger number = new AtomicInteger();
    int source = open(file("source", "abc"), O_RDONLY);
    Uv.Timespec time = new Uv.Timespec(1, 0);
    List<IntToLongFunction> calls =
        List.of(
            fd -> fs.read(fd, buffers(ByteBuffer.allocate(3)), AT_POSITION),
            fd -> fs.write(fd, buffers(bytes("abc")), AT_POSITION),
            fd -> fs.fstat(fd, new FsAnswer()),
            fd -> fs.ftruncate(fd, 2),
            fd -> fs.ftruncate(fd, 9),
            fd -> fs.fchmod(fd, 0600),
            fd -> fs.futime(fd, time, time),
            fd -> fs.fchown(fd, -1, -1),
            fd -> fs.sendfile(fd, source, 0, 3));
    int rounds = Stress.size(300, 10_000);
    Crew.Task user =
        () -> {
          for (int round = 0; round < rounds; round++) {
            for (IntToLongFunction call : calls) {
              long result = call.applyAsLong(number.get());
              if (result < 0) {
                fails(UvError.EBADF, result);
              }
            }
          }
        };
    swapWhile(number, O_RDWR | O_CREAT, user, at("a"), at("b"));
    close(source);
  }

  @Test
  void oneOfManyClosesANumber() {
    int rounds = Stress.size(1_000, 50_000);
    String path = file("file", "");
    AtomicInteger number = new AtomicInteger(open(path, O_RDONLY));
    AtomicInteger closed = new AtomicInteger();
    CyclicBarrier start = new CyclicBarrier(THREADS);
    CyclicBarrier end =
        new CyclicBarrier(
            THREADS,
            () -> {
              assertThat(closed.getAndSet(0)).isEqualTo(1);
              number.set(open(path, O_RDONLY));
            });
    inThreads(
        THREADS,
        () -> {
          for (int round = 0; round < rounds; round++) {
            start.await();
            long result = fs.close(number.get());
            if (result == 0) {
              closed.incrementAndGet();
            } else {
              fails(UvError.EBADF, result);
            }
            end.await();
          }
        });
    close(number.get());
  }
}
