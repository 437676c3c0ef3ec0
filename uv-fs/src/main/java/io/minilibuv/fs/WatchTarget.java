// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * What a path has a handle watch.
 *
 * @param directory the directory, or the one that the file is in; no link leads to it any more
 * @param identity that directory's file key
 * @param name which of its entries is watched; null for all
 */
record WatchTarget(Path directory, @Nullable Object identity, @Nullable Path name) {

  /** Finds what {@code path} leads to. Links are followed, as the kernel does. */
  static WatchTarget find(String path) throws IOException {
    Path given = NioPaths.resolved(path);
    // First, since of a path that is too long this tells so.
    BasicFileAttributes found = Files.readAttributes(given, BasicFileAttributes.class);
    Path real = given.toRealPath();
    Path parent = real.getParent();
    if (found.isDirectory() || parent == null) {
      return new WatchTarget(real, found.fileKey(), null);
    }
    Object identity = Files.readAttributes(parent, BasicFileAttributes.class).fileKey();
    return new WatchTarget(parent, identity, real.getFileName());
  }
}
