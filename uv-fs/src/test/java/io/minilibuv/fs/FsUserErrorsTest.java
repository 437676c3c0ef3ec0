// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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
}
