// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.core.UvException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every call about a path answers where permissions are missing, in both forms. Root has all
 * of them, so under root the calls are made by a process of the user nobody. The answers in {@code
 * errors-of-closed-ways.txt} and {@code errors-of-others-files.txt} are libuv's own, taken from it
 * on Linux.
 */
@EnabledOnOs(OS.LINUX)
class FsUserErrorsTest {
  @TempDir Path dir;

  private void assertAnswers(String table) throws IOException, InterruptedException {
    FsChild child = FsChild.ofOrdinaryUser(dir);
    assumeTrue(child.isPossible(), "the user nobody cannot run this Java");
    Path work = Files.createDirectory(dir.resolve("work"));
    if (FsChild.ROOT) {
      Fs.chown(work.toString(), FsChild.NOBODY, FsChild.NOBODY);
    }
    FsTableCaller.assertAnswers(child, table, work, "", dir.resolve("others"));
  }

  /** A directory that may not be searched, written or read, and a file that may not be opened. */
  @Test
  void everyCallOnAWayThatIsClosed() throws IOException, InterruptedException {
    assertAnswers("errors-of-closed-ways.txt");
  }

  @Test
  void everyCallOnWhatBelongsToAnotherUser() throws IOException, InterruptedException {
    assumeTrue(FsChild.ROOT, "there is no other user to make files of");
    for (String each : List.of("others", "others/dir", "others/sticky", "others/sticky/dir")) {
      Files.createDirectory(dir.resolve(each));
      Fs.chmod(dir + "/" + each, each.endsWith("sticky") ? 01777 : 0755);
    }
    for (String each : List.of("file", "private", "dir/file", "sticky/file")) {
      Path path = Files.writeString(dir.resolve("others").resolve(each), "x");
      Fs.chmod(path.toString(), each.equals("private") ? 0600 : 0644);
    }
    assertAnswers("errors-of-others-files.txt");
  }

  /** What runs in the process: copies its first file onto the second. */
  static final class Copier {
    private Copier() {}

    public static void main(String[] args) {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      try {
        Fs.copyfile(args[0], args[1], 0);
        out.println(PathCall.FINE);
      } catch (UvException e) {
        out.println(e.error().name());
      }
    }
  }

  /** In C the old file is empty then. */
  @Test
  void aCopyThatMayNotSetTheModeLeavesTheFileAsItWas() throws IOException, InterruptedException {
    assumeTrue(FsChild.ROOT, "there is no other user to make files of");
    FsChild child = FsChild.ofOrdinaryUser(dir);
    assumeTrue(child.isPossible(), "the user nobody cannot run this Java");
    Path source = Files.writeString(dir.resolve("source"), "new");
    Path target = Files.writeString(dir.resolve("target"), "precious");
    Fs.chmod(source.toString(), 0644);
    Fs.chmod(target.toString(), 0666);
    String[] paths = {source.toString(), target.toString()};
    assertEquals(List.of("EPERM"), child.run(Copier.class, paths));
    assertEquals("precious", Files.readString(target));
    assertEquals(0666, Fs.stat(target.toString()).permissions());
    Fs.chown(target.toString(), FsChild.NOBODY, -1);
    assertEquals(List.of(PathCall.FINE), child.run(Copier.class, paths));
    assertEquals("new", Files.readString(target));
    assertEquals(0644, Fs.stat(target.toString()).permissions());
  }
}
