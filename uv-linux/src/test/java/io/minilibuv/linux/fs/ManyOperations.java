// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.FsEventHandle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A program that does any number of operations, those that fail included, and prints the memory and
 * the descriptors that it has before and after: four numbers.
 *
 * <p>Its JVM must have a heap that is touched from the beginning and stays as big as it is: then
 * memory that grows is nobody's but the operations'.
 */
final class ManyOperations {
  static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmx64m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Dminilibuv.blockedLoopMillis=0",
          "-Dminilibuv.blockedWorkerMillis=0");

  /** How many operations one round does. */
  private static final int IN_ROUND = 70;

  /** A few bytes each, which nobody would see if they were lost once in a round. */
  private static final int REALPATHS = 20;

  private static final Uv.Timespec TIME = new Uv.Timespec(1, 0);
  private static final String ALL_MEMORY = "RssAnon:";

  private final String dir;
  private final FsBackend fs = new LinuxFsBackend(FaultyCalls.REAL, FaultyCalls.ABI);
  private final ByteBuffer heap = ByteBuffer.allocate(5_000);
  private final ByteBuffer big = ByteBuffer.allocate(2 * Bounce.KEPT);
  private final ByteBuffer direct = ByteBuffer.allocateDirect(5_000);

  private ManyOperations(String dir) {
    this.dir = dir;
  }

  /** Takes a folder, and how many operations to do. */
  public static void main(String[] arguments) throws IOException {
    ManyOperations many = new ManyOperations(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]) / IN_ROUND;
    done(many.fs.mkdir(many.at("directory"), 0700));
    many.rounds(Math.max(rounds / 4, 500));
    long memory = resident();
    long descriptors = descriptors();
    many.rounds(rounds);
    System.out.println(memory + " " + resident() + " " + descriptors + " " + descriptors());
  }

  /** What the process has in memory that is no file's. */
  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(ALL_MEMORY)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new AssertionError(ALL_MEMORY);
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    }
  }

  private void rounds(int count) {
    for (int i = 0; i < count; i++) {
      callBackend();
      runLoop();
    }
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

  private void callBackend() {
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
    for (int i = 0; i < REALPATHS; i++) {
      fs.realpath(at("file"), answer);
    }
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

  /** A loop with all that it can have of Linux, from its opening to its end. */
  private void runLoop() {
    try (Loop loop = Loop.open()) {
      AsyncHandle async = AsyncHandle.init(loop, handle -> handle.close());
      FsEventHandle event = FsEventHandle.init(loop);
      event.start(dir, (handle, name, events, status) -> {});
      Fs.stat(
          loop,
          dir,
          request -> {
            event.close();
            async.send();
          });
      loop.run();
    }
  }
}
