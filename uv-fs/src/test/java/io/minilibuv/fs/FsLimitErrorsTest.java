// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is told when something is used up: descriptors, space on a disk, how long a file may be; or
 * when a disk may not be written. Each in a process of its own, which alone is limited.
 */
@EnabledOnOs(OS.LINUX)
class FsLimitErrorsTest {
  private static final int LIMIT = 64 * 1024;

  @TempDir Path dir;

  private Path work() throws IOException {
    return Files.createDirectory(dir.resolve("work"));
  }

  /**
   * A process for which a disk of its own is put at {@code at}: {@code options} are mount's, and
   * {@code then} is what the shell does there.
   */
  private FsChild withDisk(Path at, String options, String then) throws IOException {
    String script =
        "mount -t tmpfs -o " + options + " none '" + at + "' && " + then + " exec \"$@\"";
    List<String> own = FsChild.ROOT ? List.of("unshare", "-m") : List.of("unshare", "-rm");
    List<String> before = new ArrayList<>(own);
    before.addAll(List.of("sh", "-c", script, "sh"));
    return FsChild.in(dir, before);
  }

  @Test
  void everyCallWithoutDescriptors() throws IOException, InterruptedException {
    FsChild child = FsChild.in(dir, List.of("prlimit", "--nofile=64"));
    FsTableCaller.assertAnswers(
        child, "errors-of-too-many-files.txt", work(), FsTableCaller.NO_DESCRIPTORS, dir);
  }

  /** What runs in the process: opens with one descriptor left what takes two on java.nio. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      String old = args[0] + "/old";
      String anew = args[0] + "/new";
      // What is needed is loaded while it can be.
      PathCall.OPEN_TRUNC_R.answerNow(args[0], args[0] + "/missing");
      PathCall.OPEN_APPEND.answerNow(args[0], anew);
      Fs.unlink(anew);
      int append = O_RDWR | O_APPEND | O_TRUNC;
      List<Integer> open = FsTableCaller.openAll();
      Fs.close(open.remove(0));
      out.println("append " + errorOf(() -> Fs.close(Fs.open(old, append, 0))));
      out.println("create " + errorOf(() -> Fs.close(Fs.open(anew, append | O_CREAT, 0600))));
      out.println(
          "create again "
              + errorOf(() -> Fs.close(Fs.open(anew, append | O_CREAT | O_EXCL, 0600))));
      out.println("size " + Fs.stat(old).size());
      out.println("read " + errorOf(() -> Fs.close(Fs.open(old, O_RDONLY | O_TRUNC, 0))));
      out.println("size " + Fs.stat(old).size());
      open.forEach(Fs::close);
      out.println("there " + Fs.scandir(args[0]).size());
    }
  }

  @Test
  void openingWithoutDescriptorsChangesNothing() throws IOException, InterruptedException {
    FsChild child = FsChild.in(dir, List.of("prlimit", "--nofile=64"));
    Files.writeString(work().resolve("old"), "precious");
    List<String> nios =
        List.of(
            "append EMFILE",
            "create EMFILE",
            "create again EMFILE",
            "size 8",
            "read ok",
            "size 0",
            "there 1");
    List<String> libuvs =
        List.of(
            "append ok",
            "create ok",
            "create again EEXIST",
            "size 0",
            "read ok",
            "size 0",
            "there 2");
    assertEquals(
        TestedBackend.either(libuvs, nios),
        child.run(Opener.class, dir.resolve("work").toString()));
  }

  /** What runs in the process: starts a handle when there are no descriptors, and again. */
  static final class Watcher {
    private Watcher() {}

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      // What is needed is loaded while it can be.
      PathCall.FS_EVENT.answerNow(args[0], args[0]);
      PathCall.OPEN_R.answerNow(args[0], args[0] + "/missing");
      Loop loop = Loop.open();
      FsEventHandle handle = FsEventHandle.init(loop);
      Runnable start = () -> handle.start(args[0], (watched, name, events, status) -> {});
      List<Integer> open = FsTableCaller.openAll();
      out.println("full " + errorOf(start) + " active " + handle.isActive());
      open.forEach(Fs::close);
      out.println("again " + errorOf(start) + " active " + handle.isActive());
      handle.close();
      loop.run();
      out.println("busy " + loop.isAlive());
      loop.shutdown();
    }
  }

  private static String errorOf(Runnable call) {
    try {
      call.run();
      return PathCall.FINE;
    } catch (UvException e) {
      return e.error().name();
    }
  }

  @Test
  void watchingWithoutDescriptors() throws IOException, InterruptedException {
    FsChild child = FsChild.in(dir, List.of("prlimit", "--nofile=64"));
    assertEquals(
        List.of("full EMFILE active false", "again ok active true", "busy false"),
        child.run(Watcher.class, work().toString()));
  }

  @Test
  void everyCallOnADiskThatMayNotBeWritten() throws IOException, InterruptedException {
    Path disk = work();
    FsChild child =
        withDisk(
            disk,
            "size=64k",
            "(cd '"
                + disk
                + "' && mkdir dir full && touch file full/x && ln -s missing dangling) && "
                + "mount -o remount,ro,bind '"
                + disk
                + "' &&");
    assumeTrue(child.isPossible(), "nothing may be mounted");
    FsTableCaller.assertAnswers(
        child, "errors-of-read-only-disks.txt", disk, FsTableCaller.IN_PLACE, dir);
  }

  /** Of the mounts that are read-only here, which containers have some of, the first directory. */
  private static Optional<String> readOnlyMount() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .map(line -> List.of(line.split(" ", -1)))
        .filter(words -> List.of(words.get(3).split(",", -1)).contains("ro"))
        .map(words -> words.get(1))
        .filter(path -> Files.isDirectory(Path.of(path)))
        .findFirst();
  }

  @Test
  void aMountThatIsReadOnly() throws IOException, InterruptedException {
    Optional<String> mount = readOnlyMount();
    Path disk = work();
    FsChild child =
        mount.isPresent() ? FsChild.in(dir, List.of()) : withDisk(disk, "size=64k,ro", "");
    assumeTrue(child.isPossible(), "nothing is read-only, and nothing may be mounted");
    FsTableCaller.assertAnswers(
        child,
        "errors-of-read-only-mounts.txt",
        Files.createDirectory(dir.resolve("others")),
        "",
        Path.of(mount.orElse(disk.toString())));
  }

  /** What runs in the process: writes more than there is room for, in every way. */
  static final class Writer {
    private static final int PIECE = 40 * 1024;

    private final PrintStream out = new PrintStream(System.out, true, UTF_8);
    private final Path to;
    private final String source;

    private Writer(Path to, String source) {
      this.to = to;
      this.source = source;
    }

    /** Takes a directory that has room for {@link #LIMIT} bytes, and a file that is longer. */
    public static void main(String[] args) {
      Writer writer = new Writer(Path.of(args[0]), args[1]);
      writer.write("now", -1, false);
      writer.write("at an offset", 0, false);
      writer.write("on a loop", -1, true);
      writer.send();
      writer.copy();
    }

    private void write(String how, long offset, boolean onLoop) {
      int fd = Fs.open(to + "/file", O_WRONLY | O_CREAT, 0600);
      ByteBuffer[] buffers = new ByteBuffer[3];
      Arrays.setAll(buffers, i -> ByteBuffer.allocate(PIECE));
      for (int i = 0; i < 2; i++) {
        tell("write " + how, () -> writeOnce(fd, buffers, offset < 0 ? -1 : left(buffers), onLoop));
        out.println("left " + (3 * PIECE - left(buffers)) + ", size " + Fs.fstat(fd).size());
      }
      Fs.close(fd);
      Fs.unlink(to + "/file");
    }

    /** How far the buffers were written. */
    private static int left(ByteBuffer[] buffers) {
      return Arrays.stream(buffers).mapToInt(ByteBuffer::position).sum();
    }

    private static int writeOnce(int fd, ByteBuffer[] buffers, long offset, boolean onLoop) {
      if (!onLoop) {
        return (int) Fs.write(fd, buffers, offset);
      }
      Loop loop = Loop.open();
      FsRequest request = Fs.write(loop, fd, buffers, offset, done -> {});
      loop.run();
      loop.shutdown();
      return (int) request.orThrow();
    }

    private void send() {
      int in = Fs.open(source, O_RDONLY, 0);
      int fd = Fs.open(to + "/file", O_WRONLY | O_CREAT, 0600);
      tell("send", () -> (int) Fs.sendfile(fd, in, 0, 2 * LIMIT));
      tell("send more", () -> (int) Fs.sendfile(fd, in, 0, 2 * LIMIT));
      Fs.close(fd);
      Fs.close(in);
      Fs.unlink(to + "/file");
    }

    private void copy() {
      tell(
          "copy",
          () -> {
            Fs.copyfile(source, to + "/copy", 0);
            return 0;
          });
      out.println("left " + Fs.scandir(to.toString()).size());
      int fd = Fs.open(to + "/copy", O_WRONLY | O_CREAT, 0600);
      Fs.close(fd);
      tell(
          "copy over",
          () -> {
            Fs.copyfile(source, to + "/copy", 0);
            return 0;
          });
      out.println("left " + Fs.scandir(to.toString()).size());
      Fs.unlink(to + "/copy");
      Fs.symlink("behind", to + "/link");
      tell(
          "copy behind a link",
          () -> {
            Fs.copyfile(source, to + "/link", 0);
            return 0;
          });
      out.println("left " + Fs.scandir(to.toString()).get(0).name());
      out.println("left " + Fs.scandir(to.toString()).size());
      Fs.unlink(to + "/link");
    }

    private void tell(String what, IntSupplier call) {
      try {
        out.println(what + " " + call.getAsInt());
      } catch (UvException e) {
        out.println(what + " " + e.error().name());
      }
    }
  }

  private void assertWrites(FsChild child, Path disk, String error)
      throws IOException, InterruptedException {
    Path source = Files.write(dir.resolve("source"), new byte[2 * LIMIT]);
    List<String> expected = new ArrayList<>();
    for (String how : List.of("write now", "write at an offset", "write on a loop")) {
      expected.add(how + " 65536");
      expected.add("left 57344, size 65536");
      expected.add(how + " " + error);
      expected.add("left 57344, size 65536");
    }
    expected.add("send 65536");
    expected.add("send more " + error);
    expected.add("copy " + error);
    expected.add("left 0");
    expected.add("copy over " + error);
    expected.add("left 1");
    expected.add("copy behind a link " + error);
    expected.add("left link");
    expected.add("left 1");
    assertEquals(expected, child.run(Writer.class, disk.toString(), source.toString()));
  }

  @Test
  void aFileThatGetsTooLongWhileItIsWritten() throws IOException, InterruptedException {
    FsChild child = FsChild.in(dir, List.of("prlimit", "--fsize=" + LIMIT));
    assertWrites(child, work(), "EFBIG");
  }

  @Test
  void aDiskThatGetsFullWhileItIsWritten() throws IOException, InterruptedException {
    Path disk = work();
    FsChild child = withDisk(disk, "size=64k", "");
    assumeTrue(child.isPossible(), "nothing may be mounted");
    assertWrites(child, disk, "ENOSPC");
  }
}
