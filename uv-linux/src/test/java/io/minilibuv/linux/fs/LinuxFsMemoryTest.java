// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any number of calls leaves memory and descriptors where they were, the calls that fail included.
 */
@ExtendWith(LeakCheck.class)
class LinuxFsMemoryTest {
  private static final Uv.Timespec TIME = new Uv.Timespec(1, 0);
  private static final String ALL_MEMORY = "RssAnon:";

  /** Far below what is left by one descriptor, path or buffer lost in each round. */
  private static final long SLACK = 16 << 20;

  /** How many calls of the backend one round makes. */
  private static final int CALLS_OF_ROUND = 40;

  @TempDir Path dir;

  private final FsBackend fs = new LinuxFsBackend(FaultyCalls.REAL, FaultyCalls.ABI);
  private final ByteBuffer heap = ByteBuffer.allocate(5_000);
  private final ByteBuffer big = ByteBuffer.allocate(2 * Bounce.KEPT);
  private final ByteBuffer direct = ByteBuffer.allocateDirect(5_000);

  /** What the process has in memory that is no file's. */
  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(ALL_MEMORY)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new AssertionError(ALL_MEMORY);
  }

  private String at(String name) {
    return dir + "/" + name;
  }

  private int open(String path, int flags) {
    long fd = fs.open(path, flags, 0600);
    assertThat(fd).isNotNegative();
    return (int) fd;
  }

  private void close(int fd) {
    done(fs.close(fd));
  }

  private static void done(long result) {
    assertThat(result).isZero();
  }

  private static ByteBuffer[] buffers(ByteBuffer... all) {
    return all;
  }

  private void round() {
    FsAnswer answer = new FsAnswer();
    int fd = open(at("file"), O_RDWR | O_CREAT);
    fs.write(fd, buffers(heap.duplicate()), -1);
    fs.write(fd, buffers(direct.duplicate(), heap.duplicate()), 0);
    fs.write(fd, buffers(big.duplicate()), 0);
    fs.read(fd, buffers(heap.duplicate()), 0);
    fs.read(fd, buffers(direct.duplicate(), heap.duplicate()), -1);
    fs.read(fd, buffers(big.duplicate(), big.duplicate()), 0);
    fs.fstat(fd, answer);
    fs.ftruncate(fd, 100);
    fs.futime(fd, TIME, TIME);
    int out = open(at("out"), O_RDWR | O_CREAT);
    fs.sendfile(out, fd, 0, 100);
    close(out);
    close(fd);
    fs.stat(at("file"), answer);
    fs.chmod(at("file"), 0600);
    fs.copyfile(at("file"), at("copy"), 0);
    fs.copyfile(at("file"), at("missing/copy"), 0);
    fs.rename(at("copy"), at("moved"));
    fs.symlink("moved", at("link"));
    fs.readlink(at("link"), answer);
    fs.realpath(at("link"), answer);
    fs.realpath(at("missing"), answer);
    fs.scandir(at("file"), answer);
    assertThat(fs.scandir(dir.toString(), answer)).isEqualTo(5);
    done(fs.opendir(dir.toString(), answer));
    FsDir opened = Objects.requireNonNull(answer.dir());
    fs.readdir(opened, 2, answer);
    done(fs.closedir(opened));
    done(fs.mkdtemp(at("tXXXXXX"), answer));
    done(fs.rmdir(Objects.requireNonNull(answer.madePath())));
    int made = (int) fs.mkstemp(at("tXXXXXX"), answer);
    done(fs.unlink(Objects.requireNonNull(answer.madePath())));
    close(made);
    fs.open(at("x".repeat(5_000)), O_RDONLY, 0);
    fs.open(at("\uD800"), O_RDONLY, 0);
    fs.statfs(at("file"), answer);
    for (String name : List.of("file", "out", "moved", "link")) {
      done(fs.unlink(at(name)));
    }
  }

  /** The JVM takes what its heap may have only when it first writes there. */
  private static void touchHeap() {
    long left = 2 * Runtime.getRuntime().totalMemory();
    int last = 0;
    while (left > 0) {
      byte[] garbage = new byte[1 << 20];
      last += garbage[garbage.length - 1];
      left -= garbage.length;
    }
    assertThat(last).isZero();
    System.gc();
  }

  @Test
  void memoryIsWhereItWas() throws IOException {
    int rounds = Stress.size(100_000, 1_000_000) / CALLS_OF_ROUND;
    done(fs.mkdir(at("directory"), 0700));
    for (int i = 0; i < rounds / 4; i++) {
      round();
    }
    touchHeap();
    long before = resident();
    for (int i = 0; i < rounds; i++) {
      round();
    }
    assertThat(resident() - before).isLessThan(SLACK);
  }
}
