// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** The files that rows work on. Made once, and kept from run to run. */
final class Fixtures {
  private static final int SMALL_BYTES = 65536;
  private static final int BLOCK = 1 << 20;
  private static final int FILES_IN_DIRECTORY = 100;

  private final Path folder;
  private final int megabytes;
  private final int files;

  /**
   * Names them.
   *
   * @param megabytes how large the large file is
   * @param files how many the tree has
   */
  Fixtures(Path folder, int megabytes, int files) {
    this.folder = folder;
    this.megabytes = megabytes;
    this.files = files;
  }

  /** A file of 64 KiB. */
  Path small() {
    return folder.resolve("small");
  }

  Path large() {
    return folder.resolve("large-" + megabytes);
  }

  /** Directories with files of 1 to 8 KiB in them. */
  Path tree() {
    return folder.resolve("tree-" + files);
  }

  /** Where a copy may go. */
  Path target(String name) {
    return folder.resolve(name);
  }

  /** Makes what is not there yet. */
  void make() throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(1);
    if (!Files.exists(small())) {
      Files.write(small(), bytes(random, SMALL_BYTES));
    }
    if (!Files.exists(large())) {
      makeLarge(random);
    }
    if (!Files.exists(tree())) {
      makeTree(random);
    }
  }

  private void makeLarge(Random random) throws IOException {
    Path unfinished = folder.resolve("large~");
    try (OutputStream out = Files.newOutputStream(unfinished)) {
      byte[] block = bytes(random, BLOCK);
      for (int i = 0; i < megabytes; i++) {
        out.write(block);
      }
    }
    Files.move(unfinished, large());
  }

  private void makeTree(Random random) throws IOException {
    Path unfinished = folder.resolve("tree~" + System.nanoTime());
    for (int i = 0; i < files; i++) {
      Path directory = unfinished.resolve("directory" + i / FILES_IN_DIRECTORY);
      Files.createDirectories(directory);
      Files.write(directory.resolve("file" + i), bytes(random, 1024 * (1 + random.nextInt(8))));
    }
    Files.move(unfinished, tree());
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
