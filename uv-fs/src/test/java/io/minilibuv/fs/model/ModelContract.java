// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.lists;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.model.ModelTree.LeftOut;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any sequence of calls has the same answers, and leaves the same files, in the real file system
 * and in a {@link ModelBackend}.
 *
 * <p>The seed is printed, and {@code -Dfs.model.seed=N} repeats a run. A sequence that finds a
 * difference is made shorter and simpler before it is told.
 */
@ExtendWith(LeakCheck.class)
@EnabledOnOs(OS.LINUX) // The model has Linux' errors.
public abstract class ModelContract {
  private static final int LONGEST = 40;

  @TempDir Path dir;

  /** Where {@link #dir} is in truth. */
  private String directory;

  private FsBackend real;
  private final AtomicInteger sequences = new AtomicInteger();

  /** For subclasses. */
  protected ModelContract() {}

  /**
   * The backend that is to be tested. Its descriptors are the numbers from 3 on, the lowest that is
   * free, whatever else the process has open: all of them are closed after each sequence.
   */
  protected abstract FsBackend backend();

  @BeforeEach
  final void findDirectory() throws IOException {
    real = backend();
    directory = dir.toRealPath().toString();
  }

  @Test
  final void theSystemAndTheModelAgree() {
    long seed = Long.getLong("fs.model.seed", ThreadLocalRandom.current().nextLong());
    int examples = Stress.size(10_000, 500_000);
    System.out.println(
        getClass().getSimpleName() + ": " + examples + " sequences, -Dfs.model.seed=" + seed);
    int umask = umask();
    qt().withFixedSeed(seed)
        .withExamples(examples + examples / 100) // It leaves out a few.
        .withShrinkCycles(200)
        .forAll(lists().of(Operation.any()).ofSizeBetween(1, LONGEST))
        .checkAssert(operations -> runAndShorten(operations, umask));
    assertTrue(sequences.get() >= examples, () -> "only " + sequences + " sequences");
  }

  private int umask() {
    String probe = directory + "/probe";
    real.close((int) real.open(probe, O_CREAT | O_RDWR, 0777));
    FsAnswer answer = new FsAnswer();
    real.stat(probe, answer);
    real.unlink(probe);
    return 0777 & ~stat(answer).permissions();
  }

  /**
   * Runs the calls; if they fail, leaves out all that can be left out, which the library cannot.
   */
  private void runAndShorten(List<Operation> operations, int umask) {
    AssertionError failure = failureOf(operations, umask);
    if (failure == null) {
      return;
    }
    List<Operation> left = new ArrayList<>(operations);
    int before;
    do {
      before = left.size();
      for (int i = left.size() - 1; i >= 0; i--) {
        Operation tried = left.remove(i);
        AssertionError still = failureOf(left, umask);
        if (still == null) {
          left.add(i, tried);
        } else {
          failure = still;
        }
      }
    } while (left.size() < before);
    throw failure;
  }

  private @Nullable AssertionError failureOf(List<Operation> operations, int umask) {
    try {
      run(operations, umask);
      return null;
    } catch (AssertionError e) {
      return e;
    }
  }

  private void run(List<Operation> operations, int umask) {
    String root = directory + "/" + sequences.incrementAndGet() + "/";
    assertEquals(0, real.mkdir(root, 0700));
    ModelBackend model = new ModelBackend(umask);
    List<String> done = new ArrayList<>();
    try {
      for (Operation operation : operations) {
        String expected;
        try {
          expected = operation.run(model, "");
        } catch (LeftOut e) {
          continue;
        }
        String found = operation.run(real, root);
        done.add(operation + " -> " + found);
        assertEquals(expected, found, () -> "after " + done);
      }
      assertEquals(everything(model, ""), everything(real, root), () -> "after " + done);
    } finally {
      for (int fd = 3; fd < 3 + LONGEST; fd++) {
        real.close(fd);
      }
      remove(root);
    }
  }

  /** All names and all descriptors, with what they are and hold. */
  private static List<String> everything(FsBackend fs, String root) {
    Map<Long, String> seen = new HashMap<>();
    List<String> found = new ArrayList<>();
    for (int fd = 3; fd < 3 + LONGEST; fd++) {
      FsAnswer answer = new FsAnswer();
      if (fs.fstat(fd, answer) == 0) {
        FsStat stat = stat(answer);
        String same = seen.putIfAbsent(stat.ino(), "fd " + fd);
        found.add(fd + " " + Operation.tell(stat) + " same as " + same + content(fs, fd));
      }
    }
    for (String name : List.of("a", "b", "c")) {
      collect(fs, root, name, seen, found);
    }
    return found;
  }

  private static void collect(
      FsBackend fs, String root, String path, Map<Long, String> seen, List<String> found) {
    FsAnswer answer = new FsAnswer();
    if (fs.lstat(root + path, answer) < 0) {
      return;
    }
    FsStat stat = stat(answer);
    String same = seen.putIfAbsent(stat.ino(), path);
    String told = path + " " + Operation.tell(stat) + " same as " + same;
    if (stat.isDirectory()) {
      found.add(told);
      fs.scandir(root + path, answer);
      for (Dirent entry : answer.entries()) {
        collect(fs, root, path + "/" + entry.name(), seen, found);
      }
    } else if (stat.isSymbolicLink()) {
      fs.readlink(root + path, answer);
      found.add(told + " " + answer.text());
    } else {
      int fd = (int) fs.open(root + path, 0, 0);
      found.add(told + content(fs, fd));
      fs.close(fd);
    }
  }

  private static String content(FsBackend fs, int fd) {
    ByteBuffer buffer = ByteBuffer.allocate(1_000);
    int read = (int) fs.read(fd, new ByteBuffer[] {buffer.duplicate()}, 0);
    if (read < 0) {
      return " " + UvError.errName(read);
    }
    return " '" + ISO_8859_1.decode(buffer.limit(read)) + "'";
  }

  private static FsStat stat(FsAnswer answer) {
    return Objects.requireNonNull(answer.stat());
  }

  private void remove(String path) {
    FsAnswer answer = new FsAnswer();
    if (real.unlink(path) == 0) {
      return;
    }
    real.scandir(path, answer);
    for (Dirent entry : answer.entries()) {
      remove(path + "/" + entry.name());
    }
    assertEquals(0, real.rmdir(path));
  }
}
