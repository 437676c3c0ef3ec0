// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsStat;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * What is to be copied where, once it is known what the two paths of the command line are.
 *
 * <p>It asks with the blocking form of the calls: nothing else is going on yet.
 *
 * @param target what the copy of {@code source} itself will be called
 */
record CopyPlan(String source, String target) {

  /**
   * Finds out what {@code cp source destination} means: into a directory that is there, else under
   * a new name. A link is what it is as the source, and what it leads to as the destination.
   *
   * @throws UvException if it cannot be done: there is no source, or no name for its copy, or that
   *     is a link that leads nowhere; a directory is to be copied into itself, or onto what is no
   *     directory
   */
  static CopyPlan of(String source, String destination) {
    FsStat from = Fs.lstat(source);
    if (destination.isEmpty()) {
      throw UvError.ENOENT.exception("copy", destination);
    }
    FsStat there = statOrNull(destination);
    if (there == null && !from.isSymbolicLink() && isLink(destination)) {
      throw UvError.ENOENT.exception(TargetProbe.DANGLING, destination);
    }
    boolean into = there != null && there.isDirectory();
    if (!into && (from.isDirectory() ? there != null : PathNames.endsInSeparator(destination))) {
      throw UvError.ENOTDIR.exception("copy", destination);
    }
    String target = into ? inside(destination, source) : destination;
    if (from.isDirectory()) {
      checkNotInside(source, target);
    }
    return new CopyPlan(source, target);
  }

  /** Names that name no entry of their parent's mean what is in there: {@code cp -r . there}. */
  private static String inside(String directory, String source) {
    String name = PathNames.baseName(source);
    boolean contents = name.isEmpty() || name.equals(".") || name.equals("..");
    return contents ? directory : PathNames.join(directory, name);
  }

  /** The copy of a directory must not be in the directory, or it would never end. */
  private static void checkNotInside(String directory, String target) {
    boolean isThere = statOrNull(target) != null;
    String from = Fs.realpath(directory);
    String to = Fs.realpath(isThere ? target : PathNames.parent(target));
    if (to.equals(from) && isThere) {
      throw UvError.EINVAL.exception("copy onto itself", target);
    }
    if (to.equals(from) || isBelow(from, to)) {
      throw UvError.EINVAL.exception("copy into itself", target);
    }
  }

  private static boolean isBelow(String directory, String path) {
    boolean isRoot = PathNames.endsInSeparator(directory);
    return path.startsWith(isRoot ? directory : directory + File.separator);
  }

  private static boolean isLink(String path) {
    try {
      return Fs.lstat(path).isSymbolicLink();
    } catch (UvException e) {
      return false;
    }
  }

  private static @Nullable FsStat statOrNull(String path) {
    try {
      return Fs.stat(path);
    } catch (UvException e) {
      if (e.error() == UvError.ENOENT) {
        return null;
      }
      throw e;
    }
  }
}
