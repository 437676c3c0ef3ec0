// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.core.Loop;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What fs_event handles do otherwise than in C, since a {@code WatchService} watches directories.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere the JDK has other ways to look")
class FsEventLimitsTest extends FsEventFixture {

  /** In C it is the file that counts, and no longer the name that it had. */
  @Test
  void aLinkIsFollowedOnceAndThenTheNameCounts() throws IOException {
    create("first");
    create("second");
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("first"));
    watch(link.toString(), this::note);
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("second"));
    touch("second");
    touch("first");
    runUntilTold("CHANGE link");
    Files.move(dir.resolve("first"), dir.resolve("moved"));
    runUntilTold("RENAME link");
    touch("moved");
    create("first");
    runUntilTold("RENAME link");
  }

  @Test
  void aDirectoryIsWatchedOnWhereverItGoesAndItsOwnPermissionsAreNotTold() throws IOException {
    mkdir("sub");
    watch(at("sub"), this::note);
    Files.setPosixFilePermissions(dir.resolve("sub"), PosixFilePermissions.fromString("rwx------"));
    Files.move(dir.resolve("sub"), dir.resolve("moved"));
    create("moved/a");
    runUntilTold("RENAME a");
    delete("moved/a");
    runUntilTold("RENAME a");
    delete("moved");
    runUntilTold("RENAME sub");
  }

  /** The kernel merges only what follows upon each other, which these do not. */
  @Test
  void changesThatNobodyHasReadYetAreOne() throws IOException {
    create("a");
    create("b");
    create("first");
    watch(dir.toString(), this::note);
    shutGate(() -> touch("first"));
    for (int i = 0; i < 3; i++) {
      touch("a");
      touch("b");
    }
    // The JDK's thread reads all that is there before it does what it is asked for.
    for (int i = 0; i < 20; i++) {
      watch(dir.toString(), FsEventFixture::fail).close();
    }
    openGate();
    create("end");
    runUntil(() -> told.contains("RENAME end"));
    assertThat(told).containsExactly("CHANGE first", "CHANGE a", "CHANGE b", "RENAME end");
  }

  /** What runs in the process: watches a file that it may not read, and changes it. */
  static final class WatchesAndWrites {
    public static void main(String[] args) throws IOException {
      PrintStream out = new PrintStream(System.out, true, UTF_8);
      Path file = Path.of(args[0]);
      try (Loop loop = Loop.open()) {
        FsEventHandle handle = FsEventHandle.init(loop);
        handle.start(
            file.toString(),
            (told, name, events, status) -> {
              out.println(name + " " + events);
              told.close();
            });
        Files.write(file, new byte[1], StandardOpenOption.WRITE);
        loop.run();
      }
    }
  }

  @Test
  void aFileNeedNotBeReadable() throws IOException, InterruptedException {
    Path file = Files.createFile(dir.resolve("file"));
    Fs.chmod(file.toString(), 0222);
    FsChild child = FsChild.ofOrdinaryUser(dir);
    assumeTrue(child.isPossible(), "the user nobody cannot run this Java");
    assertThat(child.run(WatchesAndWrites.class, file.toString()))
        .isEqualTo(List.of("file " + FsEventHandle.CHANGE));
  }
}
