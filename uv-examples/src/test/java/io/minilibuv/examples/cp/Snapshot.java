// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a tree was when it was looked at, but for the bytes in its files: names, types, modes,
 * times, and where links lead.
 */
final class Snapshot {
  /** Before 24, Java had microseconds for links: the copy's is the next one. */
  private static final boolean LINK_MICROS = Runtime.version().feature() < 24;

  private record Entry(String type, int mode, long size, long modified, long accessed) {}

  private final Path root;
  private final Map<String, Entry> entries = new TreeMap<>();
  private boolean accessCounts = true;

  private Snapshot(Path root) {
    this.root = root;
  }

  /** Looks at a tree, or a file. What it looks at gets another time of access, if a directory. */
  static Snapshot of(Path root) throws IOException {
    Snapshot snapshot = new Snapshot(root);
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            return snapshot.add(path, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            return snapshot.add(path, attributes);
          }
        });
    return snapshot;
  }

  /** Leaves times of access out: a copy that was interrupted has read what it did not copy. */
  Snapshot withoutAccess() {
    accessCounts = false;
    return this;
  }

  /** How many things are in the tree, the root too. */
  int count() {
    return entries.size();
  }

  /** Fails unless this, taken before it was copied, is what {@code copy} is, byte for byte. */
  void assertCopiedTo(Path copy) throws IOException {
    Snapshot other = of(copy);
    assertThat(other.entries.keySet()).isEqualTo(entries.keySet());
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      String name = named.getKey();
      Entry expected = named.getValue();
      Entry actual = other.entries.get(name);
      assertThat(actual.type).as(name).isEqualTo(expected.type);
      assertThat(actual.mode).as("mode of %s", name).isEqualTo(expected.mode);
      assertThat(actual.modified)
          .as("modified, %s", name)
          .isEqualTo(kept(expected.modified, expected.type));
      if (expected.type.equals("file")) {
        assertThat(actual.size).as("size of %s", name).isEqualTo(expected.size);
        assertThat(actual.accessed)
            .as("accessed, %s", name)
            .isEqualTo(accessCounts ? expected.accessed : actual.accessed);
        assertThat(Files.mismatch(root.resolve(name), copy.resolve(name)))
            .as("first byte that differs in %s", name)
            .isEqualTo(-1);
      }
    }
  }

  private FileVisitResult add(Path path, BasicFileAttributes attributes) throws IOException {
    String type = attributes.isDirectory() ? "directory" : "file";
    if (attributes.isSymbolicLink()) {
      type = "link to " + Files.readSymbolicLink(path);
    } else if (attributes.isOther()) {
      type = "special";
    }
    entries.put(
        root.relativize(path).toString(),
        new Entry(
            type,
            (int) Files.getAttribute(path, "unix:mode", NOFOLLOW_LINKS),
            attributes.size(),
            nanos(attributes.lastModifiedTime()),
            nanos(attributes.lastAccessTime())));
    return FileVisitResult.CONTINUE;
  }

  private static long kept(long nanos, String type) {
    return LINK_MICROS && type.startsWith("link") ? (nanos + 999) / 1000 * 1000 : nanos;
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }
}
