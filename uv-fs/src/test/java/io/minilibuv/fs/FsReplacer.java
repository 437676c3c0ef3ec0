// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import java.io.PrintStream;
import java.nio.ByteBuffer;

/** What runs in a process of its own: replaces a file, and prints what it is then. */
final class FsReplacer {
  private FsReplacer() {}

  /** Takes the file's path. */
  public static void main(String[] args) {
    String path = args[0];
    try (Loop loop = Loop.open()) {
      ByteBuffer content = ByteBuffer.wrap("new".getBytes(UTF_8));
      FsTask<Void> replaced = FsFiles.writeFileAtomically(loop, path, content);
      loop.run();
      replaced.join();
      String mode = Integer.toOctalString(Fs.stat(path).permissions());
      new PrintStream(System.out, true, UTF_8).println(mode);
    }
  }
}
