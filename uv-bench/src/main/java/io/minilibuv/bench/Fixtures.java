// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
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

  /** How something is made. */
  @FunctionalInterface
  private interface Making {
    void make(Path path) throws IOException;
  }

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

  /** The row, with the size in its title if it works on more or less than it does by default. */
  Row titled(Row row) {
    String path = row.keys().getOrDefault("path", "");
    if (path.equals(large().toString()) && megabytes != Plan.MEGABYTES) {
      return row.titled(row.title() + ", " + megabytes + " MiB");
    }
    if (path.equals(tree().toString()) && files != Plan.FILES) {
      return row.titled(row.title() + ", " + files + " files");
    }
    return row;
  }

  /** Removes what the contenders of a row have copied: the last of them need not have done so. */
  static void removeCopy(Row row) throws IOException {
    String to = row.keys().get("to");
    if (to != null) {
      JavaCopy.remove(Path.of(to));
    }
  }

  /**
   * Makes what is not there yet, and removes what a run that was killed has left half made.
   *
   * @throws PlayerException if there is no room for it
   */
  void make() throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*~*")) {
      for (Path one : unfinished) {
        JavaCopy.remove(one);
      }
    }
    Random random = new Random(1);
    make(small(), path -> Files.write(path, bytes(random, SMALL_BYTES)));
    make(large(), path -> makeLarge(path, random));
    make(tree(), path -> makeTree(path, random));
  }

  /** By another name first: what has its own is whole. */
  private void make(Path path, Making making) throws IOException {
    if (Files.exists(path)) {
      return;
    }
    Path unfinished = folder.resolve(path.getFileName() + "~");
    try {
      making.make(unfinished);
      Files.move(unfinished, path);
    } catch (IOException e) {
      JavaCopy.remove(unfinished);
      throw failure(path, e);
    }
  }

  /** What is said when something cannot be written: Java tells what is wrong, but not where. */
  static PlayerException failure(Path path, IOException why) {
    String words = String.valueOf(why.getMessage());
    return new PlayerException(
        words.contains("No space left on device")
            ? "ENOSPC: no space left on device: " + path
            : "cannot make " + path + ": " + why);
  }

  private void makeLarge(Path path, Random random) throws IOException {
    try (OutputStream out = Files.newOutputStream(path)) {
      byte[] block = bytes(random, BLOCK);
      for (int i = 0; i < megabytes; i++) {
        out.write(block);
      }
    }
  }

  private void makeTree(Path path, Random random) throws IOException {
    for (int i = 0; i < files; i++) {
      Path directory = path.resolve("directory" + i / FILES_IN_DIRECTORY);
      Files.createDirectories(directory);
      Files.write(directory.resolve("file" + i), bytes(random, 1024 * (1 + random.nextInt(8))));
    }
  }

  private static byte[] bytes(Random random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
