// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvError;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Path} of a path as C understands it.
 *
 * <p>Two things are lost on {@code Path}: that an empty path names nothing (Java takes it for the
 * current directory), and a slash at the end, which says that the name is a directory's.
 */
final class NioPaths {
  /** How many links a way may have before the system gives up ({@code ELOOP}). */
  private static final int MAX_LINKS = 40;

  private NioPaths() {}

  /**
   * The file that {@code text} leads to. With a slash at the end, it must be a directory, and a
   * link to one is followed whatever the call does with links. The directory itself need not be one
   * that may be searched.
   */
  static Path resolved(String text) throws IOException {
    Path path = named(text);
    if (!endsInSlash(text)) {
      return path;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
      throw new ErrnoException(UvError.ENOTDIR);
    }
    return attributesOfName(path).isSymbolicLink() ? path.toRealPath() : path;
  }

  /** The name that {@code text} gives, whatever is behind it; a slash at the end means nothing. */
  static Path named(String text) throws IOException {
    refuseEmpty(text);
    return Path.of(text);
  }

  /** Fails with ENOENT if {@code text} is empty. */
  static void refuseEmpty(String text) throws IOException {
    if (text.isEmpty()) {
      throw new ErrnoException(UvError.ENOENT);
    }
  }

  /** Whether {@code text} says that it names a directory. */
  static boolean endsInSlash(String text) {
    int last = text.length() - 1;
    return last > 0 && (text.charAt(last) == '/' || text.charAt(last) == File.separatorChar);
  }

  /** What {@code path} itself is, be it a link. */
  static BasicFileAttributes attributesOfName(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Fails if {@code text} ends in a slash, where a link is to be made: with what is wrong on the
   * way there, else with EEXIST or ENOENT, by whether the name is taken.
   */
  static void refuseSlashOfLink(String text, Path path) throws IOException {
    if (endsInSlash(text)) {
      attributesOfName(path);
      throw new ErrnoException(UvError.EEXIST);
    }
  }

  /**
   * Fails if {@code text} ends in a slash, where a file is to be opened or made: with what is wrong
   * on the way there, else with EISDIR.
   *
   * @param exclusive whether it must not be there, which what has no name of its own always is
   */
  static void refuseSlashOfFile(String text, boolean exclusive) throws IOException {
    if (!endsInSlash(text)) {
      return;
    }
    Path path = named(text);
    requireWay(path);
    throw new ErrnoException(exclusive && isNoEntry(path) ? UvError.EEXIST : UvError.EISDIR);
  }

  /**
   * Why nothing is found at {@code path}: ENOTDIR if there is a file on the way, else ENOENT. From
   * JDK 25 on, {@code java.nio} does not tell the two apart.
   */
  static UvError whyMissing(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    if (isPlainlyMissing(absolute)) {
      return UvError.ENOENT;
    }
    return walk(absolute, false) == UvError.ENOTDIR ? UvError.ENOTDIR : UvError.ENOENT;
  }

  /** The same where one of two names, which are not followed if they are links, is missing. */
  static UvError whyMissing(Path path, Path other) throws IOException {
    for (Path each : List.of(path.toAbsolutePath(), other.toAbsolutePath())) {
      Path parent = each.getParent();
      UvError fault = parent != null ? walk(parent, true) : null;
      if (fault != null) {
        return fault;
      }
    }
    return UvError.ENOENT;
  }

  /**
   * The case that is common, at the cost of two looks, which throw nothing: no such name in a
   * directory, and so no link that leads to nothing.
   */
  private static boolean isPlainlyMissing(Path path) {
    Path parent = path.getParent();
    return parent != null && Files.isDirectory(parent) && !Files.isSymbolicLink(path);
  }

  /**
   * Goes name by name, and wherever links lead, as the system does.
   *
   * @param toDirectory whether there must be a directory at the end
   * @return ENOENT or ENOTDIR; null if {@code path} leads somewhere, or round in circles
   */
  private static @Nullable UvError walk(Path path, boolean toDirectory) throws IOException {
    Deque<Path> rest = new ArrayDeque<>();
    path.forEach(rest::add);
    Path at = path.getRoot();
    int links = 0;
    while (!rest.isEmpty()) {
      Path next = at.resolve(rest.remove()).normalize();
      BasicFileAttributes found;
      try {
        found = attributesOfName(next);
      } catch (NoSuchFileException e) {
        return UvError.ENOENT;
      }
      if (found.isSymbolicLink()) {
        if (++links > MAX_LINKS) {
          return null;
        }
        Path target = Files.readSymbolicLink(next);
        at = target.isAbsolute() ? target.getRoot() : at;
        for (int i = target.getNameCount() - 1; i >= 0; i--) {
          rest.addFirst(target.getName(i));
        }
      } else if (found.isDirectory()) {
        at = next;
      } else {
        return rest.isEmpty() && !toDirectory ? null : UvError.ENOTDIR;
      }
    }
    return null;
  }

  /** Fails with what is wrong on the way to {@code path}, whatever there is at its end. */
  static void requireWay(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      // A file is no way, and nor is a directory that may not be searched: hence the dot.
      Files.readAttributes(parent.resolve("."), BasicFileAttributes.class);
    }
  }

  /**
   * Fails with what is wrong on the way to {@code path} if it ends in a dot. The JDK does not ask
   * the system whether it can be created, and says that it is there.
   */
  static void requireWayToDot(Path path) throws IOException {
    if (path.endsWith(".")) {
      requireWay(path);
    }
  }

  /** Fails with EBUSY for a name that is no directory's entry, and so cannot be renamed. */
  static void refuseDots(Path path) throws IOException {
    if (isNoEntry(path)) {
      throw new ErrnoException(UvError.EBUSY);
    }
  }

  private static boolean isNoEntry(Path path) {
    return path.endsWith(".") || path.endsWith("..") || path.getFileName() == null;
  }

  /**
   * Fails if the directory of {@code path} may not be written. A system says so first, before it
   * looks at what is to be removed.
   */
  static void requireMayRemove(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      parent.getFileSystem().provider().checkAccess(parent, AccessMode.WRITE, AccessMode.EXECUTE);
    }
  }

  /**
   * Fails with ENOTDIR if {@code text} ends in a slash, and {@code path} is there but no directory.
   */
  static void requireDirectoryIfSlash(String text, Path path) throws IOException {
    if (!endsInSlash(text)) {
      return;
    }
    try {
      if (!attributesOfName(path).isDirectory()) {
        throw new ErrnoException(UvError.ENOTDIR);
      }
    } catch (NoSuchFileException e) {
      // What is to be done with it will say so, or make it.
    }
  }
}
