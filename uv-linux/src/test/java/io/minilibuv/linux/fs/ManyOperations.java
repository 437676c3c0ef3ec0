// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import io.minilibuv.fs.ForwardingFsBackend;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.fs.FsType;
import io.minilibuv.linux.ffi.Native;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that does any number of operations, those that fail included, and prints the memory and
 * the descriptors that it has before and after: four numbers. An operation is one of the file
 * system's; beside them loops are opened and closed.
 *
 * <p>Its JVM must have a heap that is touched from the beginning and stays as big as it is, and
 * must not compile beside it, which takes megabytes for a while: then memory that grows is nobody's
 * but the operations'.
 */
final class ManyOperations {
  static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms64m",
          "-Xmx64m",
          "-XX:+AlwaysPreTouch",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xbatch",
          "-Dminilibuv.blockedLoopMillis=0",
          "-Dminilibuv.blockedWorkerMillis=0");

  /** How many loops one round opens. */
  private static final int LOOPS = 2;

  /** How many rounds the JVM has to load and compile all that it runs. */
  private static final int ROUNDS_BEFORE = 500;

  /** How long a long path is at least; the system takes 4,095 bytes. */
  private static final int DEEP = 3_500;

  private static final Uv.Timespec TIME = new Uv.Timespec(1, 0);
  private static final String ALL_MEMORY = "RssAnon:";

  private final String dir;
  private final Counting fs = new Counting();
  private final ByteBuffer heap = ByteBuffer.allocate(5_000);
  private final ByteBuffer big = ByteBuffer.allocate(2 * Bounce.KEPT);
  private final ByteBuffer direct = ByteBuffer.allocateDirect(5_000);

  /** A directory whose path is so long that one text of it lost in each round is seen. */
  private final String deep;

  private final FailingOperations failing;

  private ManyOperations(String dir) {
    this.dir = dir;
    failing = new FailingOperations(fs, dir);
    deep = makeDeep(dir + "/deep");
  }

  private String makeDeep(String top) {
    StringBuilder path = new StringBuilder(top);
    done(fs.mkdir(top, 0700));
    while (path.length() < DEEP) {
      path.append('/').append("d".repeat(200));
      done(fs.mkdir(path.toString(), 0700));
    }
    return path.toString();
  }

  /** The system's files, and how many operations they were asked for. */
  private static final class Counting extends ForwardingFsBackend {
    long count;

    Counting() {
      super(new LinuxFsBackend(FaultyCalls.REAL, FaultyCalls.ABI));
    }

    @Override
    protected long forward(FsType call, @Nullable String path, LongSupplier made) {
      count++;
      return super.forward(call, path, made);
    }
  }

  /** Takes a folder, and how many operations to do. */
  public static void main(String[] arguments) throws IOException {
    ManyOperations many = new ManyOperations(arguments[0]);
    long operations = Long.parseLong(arguments[1]);
    for (int i = 0; i < ROUNDS_BEFORE; i++) {
      many.round();
    }
    long memory = resident();
    long descriptors = descriptors();
    long end = many.fs.count + operations;
    while (many.fs.count < end) {
      many.round();
    }
    System.out.println(memory + " " + resident() + " " + descriptors + " " + descriptors());
  }

  /**
   * Has the C library give back what it keeps of freed memory, where it can: that would be taken
   * again by what is lost, and nothing would be seen to grow.
   */
  private static void trim() {
    Native.find("malloc_trim").ifPresent(ManyOperations::trim);
  }

  @SuppressWarnings("restricted") // that is how malloc_trim is declared
  private static void trim(MemorySegment function) {
    FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
    try {
      Linker.nativeLinker().downcallHandle(function, type).invoke(0L);
    } catch (Throwable thrown) {
      throw Native.broken(thrown);
    }
  }

  /** What the process has in memory that is no file's. */
  private static long resident() throws IOException {
    trim();
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

  private void round() {
    callBackend();
    failing.callBackend();
    for (int i = 0; i < LOOPS; i++) {
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
    fs.rename(at("copy"), at("moved"));
    fs.symlink("moved", at("link"));
    fs.readlink(at("link"), answer);
    fs.realpath(at("link"), answer);
    assertThat(fs.realpath(deep, answer)).isZero();
    assertThat(fs.scandir(dir, answer)).isEqualTo(6);
    done(fs.opendir(dir, answer));
    FsDir opened = Objects.requireNonNull(answer.dir());
    fs.readdir(opened, 2, answer);
    done(fs.closedir(opened));
    done(fs.mkdtemp(at("tXXXXXX"), answer));
    done(fs.rmdir(Objects.requireNonNull(answer.madePath())));
    int made = (int) fs.mkstemp(at("tXXXXXX"), answer);
    done(fs.unlink(Objects.requireNonNull(answer.madePath())));
    close(made);
    fs.statfs(at("file"), answer);
    for (String name : List.of("file", "out", "moved", "link")) {
      done(fs.unlink(at(name)));
    }
  }

  /** A loop with all that it can have of Linux, from its opening to its end. */
  private void runLoop() {
    try (Loop loop = Loop.open()) {
      failing.callLoop(loop);
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
