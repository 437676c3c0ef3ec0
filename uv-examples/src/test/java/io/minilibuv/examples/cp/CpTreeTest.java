// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv cp} as a process, on whole trees: everything that can be in them, and a lot of it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the trees have symbolic links and modes")
class CpTreeTest {
  private static final int LARGE = 300 << 20;
  private static final int SMALL_FILES = 5000;
  private static final int LEVELS = 100;
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

  @TempDir private Path temp;
  private final SplittableRandom random = new SplittableRandom(42);
  private int made;

  @Test
  void copiesEverythingThatATreeCanHold() throws Exception {
    Path source = makeTree();
    Snapshot before = Snapshot.of(source);
    Outcome outcome = Program.in(temp).run("cp", "tree", "copy");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isZero();
    before.assertCopiedTo(temp.resolve("copy"));
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .matches("uv: cp: copied 20 files, 107 directories, 4 links, 1\\.9 MiB in .* s \\(.*/s\\)");
  }

  @Test
  void copiesAgainOntoWhatItHasCopied() throws Exception {
    Path source = makeTree();
    assertThat(Program.in(temp).run("cp", "tree", "copy").status()).isZero();
    Files.writeString(source.resolve("one"), "something else");
    Files.setLastModifiedTime(source.resolve("one"), nextTime());
    Files.setLastModifiedTime(source, nextTime());
    // What may not be written to is not, but for the superuser.
    Files.setAttribute(temp.resolve("copy/modes/closed"), "unix:mode", 0755);
    Snapshot before = Snapshot.of(source);
    Outcome outcome = Program.in(temp).run("cp", "-r", "tree/.", "copy");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isZero();
    before.assertCopiedTo(temp.resolve("copy"));
  }

  @Test
  void copiesALargeFile() throws Exception {
    Path source = temp.resolve("large");
    try (OutputStream out = Files.newOutputStream(source)) {
      for (int written = 0; written < LARGE; written += 1 << 20) {
        out.write(bytes(1 << 20));
      }
    }
    finish(source, 0640);
    Snapshot before = Snapshot.of(source);
    Outcome outcome = Program.in(temp).run("cp", "large", "copy");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isZero();
    before.assertCopiedTo(temp.resolve("copy"));
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .matches("uv: cp: copied 1 file, 300\\.0 MiB in .* s \\(.*/s\\)");
  }

  @Test
  void copiesManySmallFiles() throws Exception {
    Path source = Files.createDirectories(temp.resolve("many"));
    for (int i = 0; i < SMALL_FILES; i++) {
      Path directory = source.resolve("d" + i % 20);
      Files.createDirectories(directory);
      Files.write(directory.resolve("f" + i), bytes(i));
    }
    Snapshot before = Snapshot.of(source);
    Outcome outcome = Program.in(temp).run("cp", "--jobs", "16", "--threads", "3", "many", "copy");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isZero();
    before.assertCopiedTo(temp.resolve("copy"));
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("uv: cp: copied 5,000 files, 21 directories, 11.9 MiB in ");
  }

  /**
   * Each would have a buffer of 256 KiB, and there is memory for 16. The 250 KiB beside them are
   * for the workers' calls, which on Linux take up to 60 KiB each, whoever comes first.
   */
  @Test
  void moreJobsThanMemoryHasBuffersForTakeTurns() throws Exception {
    Path source = Files.createDirectories(temp.resolve("many"));
    for (int i = 0; i < 300; i++) {
      Files.write(source.resolve("f" + i), bytes(i));
    }
    Snapshot before = Snapshot.of(source);
    Outcome outcome =
        Program.in(temp)
            .withJava("-XX:MaxDirectMemorySize=4346k")
            .run("cp", "--jobs", "1024", "--threads", "2", "many", "copy");
    assertThat(outcome.err())
        .singleElement()
        .asString()
        .startsWith("uv: cp: copied 300 files, 1 directory, ");
    assertThat(outcome.status()).isZero();
    before.assertCopiedTo(temp.resolve("copy"));
  }

  /** A buffer is 256 KiB; to list a directory takes less, also what is kept for the next call. */
  @Test
  void withoutMemoryForOneBufferAFileFailsAndLeavesNothing() throws Exception {
    Files.writeString(Files.createDirectories(temp.resolve("tree")).resolve("file"), "content");
    Outcome outcome =
        Program.in(temp)
            .withJava("-XX:MaxDirectMemorySize=250k")
            .run("cp", "--threads", "1", "tree", "copy");
    assertThat(outcome.err())
        .hasSize(2)
        .startsWith("uv: cp: ENOMEM: cannot allocate memory, copy 'tree/file'");
    assertThat(outcome.status()).isEqualTo(1);
    assertThat(temp.resolve("copy")).isEmptyDirectory();
  }

  @Test
  void copiesOneThingAtATimeOnOneThread() throws Exception {
    Path source = makeTree();
    Snapshot before = Snapshot.of(source);
    Outcome outcome =
        Program.in(temp)
            .with("UV_THREADPOOL_SIZE", "1")
            .run("cp", "--jobs=1", source.toString(), temp.resolve("copy").toString());
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.status()).isZero();
    before.assertCopiedTo(temp.resolve("copy"));
  }

  /** 20 files, 107 directories, 4 links. */
  private Path makeTree() throws IOException {
    Path tree = temp.resolve("tree");
    Path sizes = Files.createDirectories(tree.resolve("sizes"));
    for (int size : new int[] {65535, 65536, 65537, 262143, 262144, 262145, 1 << 20}) {
      finish(Files.write(sizes.resolve("s" + size), bytes(size)), 0644);
    }
    finish(Files.write(tree.resolve("empty"), bytes(0)), 0600);
    finish(Files.write(tree.resolve("one"), bytes(1)), 0777);

    Path names = Files.createDirectories(tree.resolve("names with spaces and ' \" \\ * $x"));
    for (String name : new String[] {"\u00e4\u00f6\u00fc", "\u65e5\u672c\u8a9e.txt", " ", "-r"}) {
      finish(Files.write(names.resolve(name), bytes(100)), 0644);
    }
    finish(Files.write(names.resolve("\ud83d\ude00 \n newline"), bytes(100)), 0644);
    finish(Files.write(names.resolve("n".repeat(255)), bytes(100)), 0644);

    Path modes = Files.createDirectories(tree.resolve("modes"));
    finish(Files.write(modes.resolve("read only"), bytes(10)), 0444);
    finish(Files.write(modes.resolve("set id"), bytes(10)), 06755);
    Path closed = Files.createDirectories(modes.resolve("closed"));
    finish(Files.write(closed.resolve("inside"), bytes(10)), 0640);
    finish(closed, 0555);
    finish(Files.createDirectories(modes.resolve("open to all")), 01777);

    Path deep = tree;
    for (int level = 0; level < LEVELS; level++) {
      deep = deep.resolve("d");
    }
    Files.createDirectories(deep);
    Files.write(tree.resolve("d/d/in between"), bytes(7));
    finish(Files.write(deep.resolve("at the bottom"), bytes(9)), 0644);

    Path links = Files.createDirectories(tree.resolve("links"));
    link(links.resolve("to a file"), "../one");
    link(links.resolve("to a directory"), "..");
    link(links.resolve("dangling"), "nowhere/\u00e4");
    link(links.resolve("to itself"), "to itself");

    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.filter(path -> Files.isDirectory(path, NOFOLLOW)).toList()) {
        setTimes(path);
      }
    }
    return tree;
  }

  private void finish(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
    setTimes(path);
  }

  private void link(Path path, String text) throws IOException {
    Files.createSymbolicLink(path, Path.of(text));
    setTimes(path);
  }

  /** Every time is another one, long ago, with a fraction. */
  private void setTimes(Path path) throws IOException {
    Files.getFileAttributeView(path, BasicFileAttributeView.class, NOFOLLOW)
        .setTimes(nextTime(), nextTime(), null);
  }

  private FileTime nextTime() {
    return FileTime.from(Instant.ofEpochSecond(1_000_000_000L + 7919L * made++, 123_456_789));
  }

  private byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
