// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Names that are not UTF-8: what one call tells, another takes, and it is the same file. */
class ByteNamesTest extends FaultFixture {
  /** In a file system's bytes, and as text, in the order of the bytes. */
  private static final List<String> SHELL =
      List.of("a", "a\\200z", "a\\303z", "a\\303\\244", "a\\377", "\\355\\240\\200", "\\377\\376");

  private static final List<String> NAMES =
      List.of(
          "a", "a\uDC80z", "a\uDCC3z", "a\u00e4", "a\uDCFF", "\uDCED\uDCA0\uDC80", "\uDCFF\uDCFE");

  /** Runs a program in the test's directory, which knows nothing of Java's strings. */
  private void shell(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-ec", script).directory(dir.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }

  private void make() throws IOException, InterruptedException {
    for (String name : SHELL) {
      shell("printf abc > \"$(printf '" + name + "')\"");
    }
  }

  private List<String> names(String path) {
    FsAnswer answer = new FsAnswer();
    assertThat(fs.scandir(path, answer)).isEqualTo(answer.entries().size());
    return answer.entries().stream().map(Dirent::name).toList();
  }

  @Test
  void whatIsListedCanBeOpenedAndRemoved() throws Exception {
    make();
    assertThat(names(dir.toString())).isEqualTo(NAMES);
    for (String name : NAMES) {
      String path = dir + "/" + name;
      close(open(path, FsFlags.O_RDONLY));
      FsAnswer answer = new FsAnswer();
      done(fs.realpath(path, answer));
      assertThat(answer.text()).endsWith("/" + name);
      done(fs.unlink(path));
    }
    assertThat(names(dir.toString())).isEmpty();
  }

  @Test
  void whatIsMadeHasItsBytesOnTheDisk() throws Exception {
    for (String name : NAMES) {
      close(open(dir + "/" + name, FsFlags.O_RDWR | FsFlags.O_CREAT));
    }
    for (String name : SHELL) {
      shell("rm \"$(printf '" + name + "')\"");
    }
    assertThat(names(dir.toString())).isEmpty();
  }

  @Test
  void linksAndTemporaryNamesKeepTheirBytes() {
    done(fs.symlink("to\uDCFF", dir + "/\uDCFElink"));
    FsAnswer answer = new FsAnswer();
    done(fs.readlink(dir + "/\uDCFElink", answer));
    assertThat(answer.text()).isEqualTo("to\uDCFF");
    done(fs.mkdtemp(dir + "/\uDCFDXXXXXX", answer));
    assertThat(answer.madePath()).startsWith(dir + "/\uDCFD").doesNotEndWith("XXXXXX");
    done(fs.rmdir(answer.madePath()));
  }

  @Test
  void whatStandsForNoByteIsNoName() {
    for (String name : List.of("\uD800", "\uDC00", "\uDC7F", "\uDFFF", "a\uD83Db")) {
      fails(UvError.EILSEQ, fs.open(dir + "/" + name, FsFlags.O_RDWR | FsFlags.O_CREAT, 0600));
      fails(UvError.EILSEQ, fs.rename(dir + "/a", dir + "/" + name));
      fails(UvError.EILSEQ, fs.mkdtemp(dir + "/" + name + "XXXXXX", new FsAnswer()));
    }
  }

  private static TreeResult result(Loop loop, CompletableFuture<TreeResult> task) {
    loop.run();
    return task.join();
  }

  @Test
  void treesAreWalkedCopiedAndRemoved() throws Exception {
    try (ThreadPool pool = new ThreadPool(2);
        Loop loop =
            Loop.open(
                new LoopOptions().with(ThreadPool.OF_LOOP, pool).with(FsBackend.OF_LOOP, fs))) {
      shell("mkdir -p \"$(printf 'tree/\\377/b\\200')\"");
      shell("printf abc > \"$(printf 'tree/\\377/b\\200/c\\303')\"");
      TreeResult copied = result(loop, FsTrees.copyTree(loop, at("tree"), dir + "/\uDCFEcopy"));
      assertThat(copied.hasFailures()).as(copied.toString()).isFalse();
      shell("diff -r tree \"$(printf '\\376copy')\"");
      TreeResult removed = result(loop, FsTrees.removeTree(loop, dir + "/\uDCFEcopy"));
      assertThat(removed.hasFailures()).as(removed.toString()).isFalse();
      assertThat(names(dir.toString())).containsExactly("tree");
    }
  }
}
