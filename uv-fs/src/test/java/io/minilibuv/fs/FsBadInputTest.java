// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Names that are none, and files that change under a call: the caller is told, nothing stays open,
 * and nothing else is lost.
 */
@EnabledOnOs(OS.LINUX)
class FsBadInputTest extends FsFixture {
  @TempDir Path scratch;

  private void assertAnswers(String expected, PathCall call, String name) {
    file("file", "x");
    Fs.mkdir(at("full"), 0755);
    file("full/x", "x");
    assertEquals(expected, call.answerNow(dir.toString(), at(name)));
    assertEquals(expected, call.answerOnLoop(loop, dir.toString(), at(name)), "on the loop");
    assertThat(Fs.scandir(at(""))).extracting(Dirent::name).containsExactly("file", "full");
    assertEquals("x", content(at("file")));
  }

  @EnumSource
  @ParameterizedTest
  void aNulEndsNoPath(PathCall call) {
    // In C, it would be the file.
    assertAnswers("EINVAL", call, "file\0.txt");
  }

  @EnumSource
  @ParameterizedTest
  void halfALetterHasNoBytes(PathCall call) {
    assertAnswers("EILSEQ", call, "half \ud83d");
  }

  /** Has the shell make what Java cannot name: a file, a directory and a link. */
  private static void makeNamesOfNoText(Path in) throws IOException, InterruptedException {
    String script =
        "cd '"
            + in
            + "' && echo x >\"$(printf 'f\\377')\" && mkdir \"$(printf 'd\\377')\" && "
            + "ln -s nowhere \"$(printf 'l\\303')\" && echo x >plain";
    assertEquals(0, new ProcessBuilder("sh", "-c", script).start().waitFor());
  }

  @Test
  void aNameThatIsNoTextIsListedAndNotFoundByAnother() throws IOException, InterruptedException {
    makeNamesOfNoText(dir);
    // The char that stands for bytes that are no text; or for one of them, and is it again.
    String byte377 = TestedBackend.either("\udcff", "\ufffd");
    String byte303 = TestedBackend.either("\udcc3", "\ufffd");
    List<Dirent> found = Fs.scandir(at(""));
    assertThat(found)
        .containsExactlyInAnyOrder(
            new Dirent("d" + byte377, DirentType.DIR),
            new Dirent("f" + byte377, DirentType.FILE),
            new Dirent("l" + byte303, DirentType.LINK),
            new Dirent("plain", DirentType.FILE));
    FsDir opened = Fs.opendir(at(""));
    assertThat(Fs.readdir(opened, 9)).containsExactlyInAnyOrderElementsOf(found);
    Fs.closedir(opened);
    for (String name : List.of("f\ufffd", "l\ufffd")) {
      String path = at(name);
      assertFails(UvError.ENOENT, () -> Fs.stat(path), cb -> Fs.stat(loop, path, cb));
      assertFails(UvError.ENOENT, () -> Fs.unlink(path), cb -> Fs.unlink(loop, path, cb));
    }
    assertFails(UvError.ENOENT, () -> Fs.rmdir(at("d\ufffd")));
    assertEquals(4, Fs.scandir(at("")).size());
    assertEquals("x\n", content(at("plain")));
    if (!TestedBackend.NIO) {
      assertEquals("x\n", content(at("f" + byte377)));
      Fs.unlink(at("f" + byte377));
      assertEquals("nowhere", Fs.readlink(at("l" + byte303)));
      done(callback -> Fs.unlink(loop, at("l" + byte303), callback)).orThrow();
      Fs.rmdir(at("d" + byte377));
      assertEquals(1, Fs.scandir(at("")).size());
    }
  }

  /** What runs where names are ASCII: lists a directory, and looks at each entry. */
  static final class Lister {
    private Lister() {}

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
      out.println(System.getProperty("sun.jnu.encoding").contains("UTF"));
      for (Dirent entry : Fs.scandir(args[0])) {
        out.println(entry.name().replace('\ufffd', '?') + " " + entry.type());
        try {
          Fs.lstat(args[0] + "/" + entry.name());
          out.println("found");
        } catch (UvException e) {
          out.println(e.error().name());
        }
      }
    }
  }

  @Test
  void namesAreReadInAnyLocale() throws IOException, InterruptedException {
    makeNamesOfNoText(dir);
    file("\u00e9", "x");
    List<String> told =
        FsChild.in(scratch, List.of("env", "LC_ALL=C")).run(Lister.class, dir.toString());
    assertEquals("false", told.get(0));
    // A letter that is not ASCII: as it is, or one for each of its bytes.
    String letter = TestedBackend.either("?", "??");
    assertThat(told)
        .contains("plain FILE", "found", "f? FILE", "d? DIR", "l? LINK", letter + " FILE");
    // What cannot be named there has no bytes, or others than on the disk.
    Set<String> rest = new HashSet<>(told.subList(1, told.size()));
    rest.removeIf(line -> line.contains(" "));
    rest.remove("found");
    if (TestedBackend.NIO) {
      assertThat(rest).isNotEmpty().isSubsetOf("ENOENT", "EILSEQ");
    } else {
      assertThat(rest).isEmpty();
    }
  }

  /** Has {@code submit} queue requests while all workers are busy, and then lets them be done. */
  private static void afterAFullPool(Consumer<Loop> submit) {
    int size = 4;
    Semaphore gate = new Semaphore(0);
    try (ThreadPool pool = new ThreadPool(size)) {
      Loop saturated = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
      for (int i = 0; i < size; i++) {
        WorkRequest.queue(saturated, request -> gate.acquire(), null);
      }
      try {
        submit.accept(saturated);
      } finally {
        gate.release(size);
      }
      saturated.run();
      saturated.shutdown();
    }
  }

  @Test
  void whatWasToReadFromAClosedDescriptorIsTold() {
    int fd = Fs.open(file("file", TEST_BUF), O_RDONLY, 0);
    List<FsRequest> reads = new ArrayList<>();
    List<ByteBuffer> buffers = new ArrayList<>();
    afterAFullPool(
        saturated -> {
          for (int i = 0; i < 8; i++) {
            ByteBuffer buffer = ByteBuffer.allocate(32);
            buffers.add(buffer);
            reads.add(Fs.read(saturated, fd, buffer, 0, request -> {}));
          }
          Fs.close(fd);
        });
    for (int i = 0; i < reads.size(); i++) {
      assertEquals(UvError.EBADF.code(), reads.get(i).result());
      assertEquals(0, buffers.get(i).position());
    }
  }

  @Test
  void readsBesideTheirCloseReadTheirFileOrNothing() {
    int fd = openedHigh(file("file", TEST_BUF));
    List<FsRequest> reads = new ArrayList<>();
    List<FsRequest> closes = new ArrayList<>();
    afterAFullPool(
        saturated -> {
          for (int i = 0; i < 8; i++) {
            reads.add(Fs.read(saturated, fd, ByteBuffer.allocate(32), 0, request -> {}));
            closes.add(Fs.close(saturated, fd, request -> {}));
          }
        });
    for (FsRequest read : reads) {
      assertThat(read.result()).isIn((long) TEST_BUF.length(), (long) UvError.EBADF.code());
    }
    assertThat(closes).filteredOn(close -> close.result() == 0).hasSize(1);
    assertThat(closes)
        .filteredOn(close -> close.result() == UvError.EBADF.code())
        .hasSize(closes.size() - 1);
  }

  /** In C, the stream is lost then. */
  @Test
  void aDirectoryWhoseClosingWasCancelledIsStillOpen() {
    file("file", "x");
    FsDir opened = Fs.opendir(at(""));
    List<FsRequest> closes = new ArrayList<>();
    afterAFullPool(
        saturated -> {
          FsRequest close = Fs.closedir(saturated, opened, request -> {});
          close.cancel();
          closes.add(close);
        });
    assertEquals(UvError.ECANCELED.code(), closes.get(0).result());
    assertEquals(1, Fs.readdir(opened, 9).size());
    Fs.closedir(opened);
    assertFails(UvError.EBADF, () -> Fs.readdir(opened, 1));
  }

  @Test
  void aFileThatIsCutOffWhileItIsSent() throws IOException, InterruptedException {
    int size = 400_000;
    int kept = 100_000;
    String path = file("file", "x".repeat(size));
    assertEquals(0, new ProcessBuilder("mkfifo", at("pipe")).start().waitFor());
    int in = Fs.open(path, O_RDWR, 0);
    int pipe = Fs.open(at("pipe"), O_RDWR, 0);
    FsRequest sent = Fs.sendfile(loop, pipe, in, 0, size, request -> {});
    // It has begun, and a pipe holds less than is kept.
    long read = Fs.read(pipe, ByteBuffer.allocate(1), -1);
    Fs.ftruncate(in, kept);
    while (read < kept) {
      read += Fs.read(pipe, ByteBuffer.allocate(8192), -1);
    }
    loop.run();
    assertEquals(kept, sent.orThrow());
    assertEquals(kept, read);
    Fs.close(in);
    Fs.close(pipe);
  }

  @Test
  void aDirectoryThatVanishesWhileItIsRead() {
    Fs.mkdir(at("dir"), 0755);
    for (int i = 0; i < 3; i++) {
      file("dir/file" + i, "x");
    }
    FsDir opened = Fs.opendir(at("dir"));
    List<String> names = new ArrayList<>();
    Fs.readdir(opened, 1).forEach(entry -> names.add(entry.name()));
    Fs.scandir(at("dir")).forEach(entry -> Fs.unlink(at("dir/" + entry.name())));
    Fs.rmdir(at("dir"));
    for (Dirent entry : done(cb -> Fs.readdir(loop, opened, 9, cb)).entries()) {
      names.add(entry.name());
      assertEquals(TestedBackend.either(DirentType.FILE, DirentType.UNKNOWN), entry.type());
    }
    // What the system had told already; it may be all.
    assertThat(names).doesNotHaveDuplicates().isSubsetOf("file0", "file1", "file2");
    assertTrue(Fs.readdir(opened, 9).isEmpty());
    Fs.closedir(opened);
  }

  @Test
  void aDirectoryThatVanishesBeforeItIsRead() {
    Fs.mkdir(at("dir"), 0755);
    FsDir opened = Fs.opendir(at("dir"));
    Fs.rmdir(at("dir"));
    assertTrue(Fs.readdir(opened, 9).isEmpty());
    assertEquals(0, done(cb -> Fs.readdir(loop, opened, 9, cb)).result());
    Fs.closedir(opened);
    assertFails(UvError.ENOENT, () -> Fs.scandir(at("dir")), cb -> Fs.scandir(loop, at("dir"), cb));
  }

  /** Some have been listed already when they go, and cannot be looked at any more. */
  @Test
  void entriesThatVanishWhileTheyAreListed() {
    Fs.mkdir(at("dir"), 0755);
    int count = 500;
    for (int i = 0; i < count; i++) {
      Fs.close(Fs.open(at("dir/file" + i), O_WRONLY | O_CREAT, 0600));
    }
    List<FsRequest> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 50 == 0) {
        lists.add(Fs.scandir(loop, at("dir"), request -> {}));
      }
      Fs.unlink(loop, at("dir/file" + i), FsRequest::orThrow);
    }
    loop.run();
    for (FsRequest list : lists) {
      assertThat(list.orThrow()).isBetween(0L, (long) count);
      assertThat(list.entries())
          .allSatisfy(
              entry -> {
                assertThat(entry.name()).startsWith("file");
                assertThat(entry.type()).isIn(DirentType.FILE, DirentType.UNKNOWN);
              });
    }
    assertEquals(List.of(), Fs.scandir(at("dir")));
  }
}
