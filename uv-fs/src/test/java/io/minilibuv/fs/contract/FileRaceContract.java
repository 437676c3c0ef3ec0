// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.Stress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files and names that several threads work on at the same time. */
@Timeout(300) // only for who would wait for ever
abstract class FileRaceContract extends ContractFixture {
  private static final int THREADS = 4;
  private static final int RECORD = 32;

  /**
   * All threads make one call at once, again and again: one of them succeeds, and the others fail
   * with {@code expected}.
   *
   * @param call is told which thread it is called by
   */
  private void oneOfMany(UvError expected, IntToLongFunction call, Runnable prepare) {
    int rounds = Stress.size(200, 10_000);
    Queue<Long> results = new ConcurrentLinkedQueue<>();
    AtomicInteger threads = new AtomicInteger();
    CyclicBarrier start =
        new CyclicBarrier(
            THREADS,
            () -> {
              results.clear();
              prepare.run();
            });
    CyclicBarrier end =
        new CyclicBarrier(
            THREADS,
            () ->
                assertThat(results.stream().map(ContractFixture::told).sorted().toList())
                    .isEqualTo(List.of("0", expected.name(), expected.name(), expected.name())));
    inThreads(
        THREADS,
        () -> {
          int thread = threads.getAndIncrement();
          for (int round = 0; round < rounds; round++) {
            start.await();
            results.add(call.applyAsLong(thread));
            end.await();
          }
        });
  }

  private void removed(String name) {
    String path = at(name);
    assertThat(fs.unlink(path) == 0 || fs.rmdir(path) == 0 || isMissing(path)).isTrue();
  }

  @Test
  void oneOfManyMakesAName() {
    file("file", "abc");
    String name = at("new");
    for (int access : new int[] {O_RDONLY, O_WRONLY, O_RDWR, O_RDWR | O_APPEND}) {
      oneOfMany(
          UvError.EEXIST,
          thread -> {
            long fd = fs.open(name, access | O_CREAT | O_EXCL, 0600);
            return fd < 0 ? fd : fs.close((int) fd);
          },
          () -> removed("new"));
    }
    List<IntToLongFunction> calls =
        List.of(
            thread -> fs.mkdir(name, 0700),
            thread -> fs.link(at("file"), name),
            thread -> fs.symlink("text", name),
            thread -> fs.copyfile(at("file"), name, COPYFILE_EXCL));
    for (IntToLongFunction call : calls) {
      oneOfMany(UvError.EEXIST, call, () -> removed("new"));
    }
  }

  @Test
  void oneOfManyTakesANameAway() {
    oneOfMany(UvError.ENOENT, thread -> fs.unlink(at("file")), () -> file("file", ""));
    oneOfMany(UvError.ENOENT, thread -> fs.rmdir(at("new")), () -> directory("new"));
    oneOfMany(
        UvError.ENOENT,
        thread -> fs.rename(at("file"), at("file" + thread)),
        () -> file("file", ""));
  }

  /** Does {@code one} while {@code other} is being done again and again. */
  private void during(Crew.Task other, Crew.Task one) {
    AtomicBoolean ended = new AtomicBoolean();
    try (Crew crew = new Crew()) {
      crew.start(
          () -> {
            while (!ended.get()) {
              other.run();
            }
          });
      try {
        one.run();
      } catch (Exception e) {
        throw new AssertionError(e);
      } finally {
        ended.set(true);
      }
    }
  }

  @Test
  void whoOpensToCreateDoesNotMiss() {
    int rounds = Stress.size(1_000, 100_000);
    String path = at("file");
    symlink("file", "link");
    during(
        () -> fs.unlink(path),
        () -> {
          for (int round = 0; round < rounds; round++) {
            for (int access : new int[] {O_RDONLY, O_WRONLY, O_RDWR, O_RDWR | O_APPEND}) {
              close(open(path, access | O_CREAT));
              close(open(path, access | O_CREAT | O_TRUNC));
              close(open(at("link"), access | O_CREAT));
              close(open(at("link"), access | O_CREAT | O_TRUNC));
            }
          }
        });
  }

  @Test
  void whoReadsAndAppendsReadsWhatHeAppends() {
    int rounds = Stress.size(1_000, 100_000);
    String path = file("file", "");
    during(
        () -> {
          file("new", "");
          done(fs.rename(at("new"), path));
        },
        () -> {
          for (int round = 0; round < rounds; round++) {
            int fd = open(path, O_RDWR | O_APPEND | O_CREAT);
            write(fd, round + ";");
            String all = read(fd, 1 << 16, 0);
            if (contract().opensInOneStep()) {
              assertThat(all).endsWith(round + ";");
            }
            close(fd);
          }
        });
  }

  @Test
  void aFileThatIsReplacedIsAlwaysThereAndWhole() {
    int rounds = Stress.size(1_000, 100_000);
    String path = file("file", "a".repeat(RECORD));
    AtomicInteger replaced = new AtomicInteger();
    during(
        () -> {
          String letter = replaced.incrementAndGet() % 2 == 0 ? "a" : "b";
          file("new", letter.repeat(RECORD));
          done(fs.rename(at("new"), path));
        },
        () -> {
          Set<String> seen = ConcurrentHashMap.newKeySet();
          for (int round = 0; round < rounds || seen.size() < 2; round++) {
            int fd = open(path, O_RDONLY);
            seen.add(read(fd, 99));
            assertThat(size(fd)).isEqualTo(RECORD);
            close(fd);
            assertThat(stat(path).size()).isEqualTo(RECORD);
          }
          assertThat(seen).containsOnly("a".repeat(RECORD), "b".repeat(RECORD));
        });
  }

  private static String record(int thread, int round) {
    String text = thread + "/" + round + ";";
    return ".".repeat(RECORD - text.length()) + text;
  }

  /** All records, in any order, each of them once and whole. */
  private void assertHasAllRecords(String path, int rounds) {
    String all = content(path);
    Set<String> found =
        IntStream.range(0, all.length() / RECORD)
            .mapToObj(i -> all.substring(i * RECORD, (i + 1) * RECORD))
            .collect(Collectors.toSet());
    assertThat(all).hasSize(THREADS * rounds * RECORD);
    for (int thread = 0; thread < THREADS; thread++) {
      for (int round = 0; round < rounds; round++) {
        assertThat(found.remove(record(thread, round))).isTrue();
      }
    }
  }

  @Test
  void whatManyAppendIsAllThere() {
    int rounds = Stress.size(1_000, 50_000);
    String path = file("file", "");
    AtomicInteger threads = new AtomicInteger();
    inThreads(
        THREADS,
        () -> {
          int thread = threads.getAndIncrement();
          int fd = open(path, (thread % 2 == 0 ? O_WRONLY : O_RDWR) | O_APPEND);
          for (int round = 0; round < rounds; round++) {
            write(fd, record(thread, round), thread - 1);
          }
          close(fd);
        });
    assertHasAllRecords(path, rounds);
  }

  @Test
  void whatManyWriteAtOnePositionIsAllThere() {
    int rounds = Stress.size(1_000, 50_000);
    for (int flags : new int[] {O_WRONLY, O_RDWR, O_WRONLY | O_APPEND, O_RDWR | O_APPEND}) {
      AtomicInteger threads = new AtomicInteger();
      int fd = open(file("file", ""), flags);
      inThreads(
          THREADS,
          () -> {
            int thread = threads.getAndIncrement();
            for (int round = 0; round < rounds; round++) {
              write(fd, record(thread, round));
            }
          });
      close(fd);
      assertHasAllRecords(at("file"), rounds);
    }
  }

  @Test
  void whatManyReadAtOnePositionIsReadOnce() {
    int records = Stress.size(4_000, 200_000);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < records; i++) {
      all.append(record(0, i));
    }
    int fd = open(file("file", all.toString()), O_RDONLY);
    Queue<String> found = new ConcurrentLinkedQueue<>();
    inThreads(
        THREADS,
        () -> {
          String one = read(fd, RECORD);
          while (!one.isEmpty()) {
            found.add(one);
            one = read(fd, RECORD);
          }
        });
    close(fd);
    assertThat(found).hasSize(records).doesNotHaveDuplicates();
  }

  @Test
  void offsetsOfManyDoNotDisturbEachOther() {
    int rounds = Stress.size(1_000, 50_000);
    AtomicInteger threads = new AtomicInteger();
    int fd = open(at("file"), O_RDWR | O_CREAT);
    inThreads(
        THREADS,
        () -> {
          int thread = threads.getAndIncrement();
          for (int round = 0; round < rounds; round++) {
            long offset = (long) (round * THREADS + thread) * RECORD;
            write(fd, record(thread, round), offset);
            assertThat(read(fd, RECORD, offset)).isEqualTo(record(thread, round));
          }
        });
    assertThat(read(fd, RECORD)).isEqualTo(record(0, 0));
    close(fd);
    assertHasAllRecords(at("file"), rounds);
  }

  @Test
  void whatStaysIsListedWhateverComesAndGoes() {
    List<String> staying = IntStream.range(100, 300).mapToObj(i -> "stays" + i).toList();
    staying.forEach(name -> file(name, ""));
    AtomicInteger made = new AtomicInteger();
    during(
        () -> {
          String name = "goes" + made.incrementAndGet();
          file(name, "");
          removed(name);
        },
        () -> {
          for (int round = Stress.size(100, 5_000); round > 0; round--) {
            assertThat(scandir(dir.toString()))
                .extracting(Dirent::name)
                .filteredOn(name -> name.startsWith("stays"))
                .isEqualTo(staying);
          }
        });
  }

  @Test
  void temporaryNamesOfManyDiffer() {
    Set<String> made = ConcurrentHashMap.newKeySet();
    inThreads(
        THREADS,
        () -> {
          for (int round = 0; round < 200; round++) {
            FsAnswer answer = new FsAnswer();
            int fd = descriptor(fs.mkstemp(at("tXXXXXX"), answer));
            assertThat(made.add(Objects.requireNonNull(answer.madePath()))).isTrue();
            assertThat(fs.write(fd, buffers(ByteBuffer.allocate(1)), 0)).isEqualTo(1);
            close(fd);
          }
        });
    assertThat(scandir(dir.toString())).hasSize(THREADS * 200);
  }
}
