// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsStat;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be copied where, once it is known what the two paths of the command line are.
 *
 * <p>It asks with the blocking form of the calls: nothing else is going on yet.
 *
 * @param target what the copy of {@code source} itself will be called
 * @param ofDirectory whether {@code source} is a directory
 */
record CopyPlan(String source, String target, boolean ofDirectory) {

  /**
   * Finds out what {@code cp source destination} means: into a directory that is there, else under
   * a new name. A link is what it is as the source, and what it leads to as the destination.
   *
   * @throws UvException if it cannot be done: there is no source, or no name for its copy, or that
   *     is a link that leads nowhere; a directory is to be copied onto what is no directory
   */
  static CopyPlan of(String source, String destination) {
    FsStat from = Fs.lstat(source);
    if (destination.isEmpty()) {
      throw UvError.ENOENT.exception("copy", destination);
    }
    FsStat there = statOrNull(destination);
    if (there == null && !from.isSymbolicLink() && isLink(destination)) {
      throw UvError.ENOENT.exception("copy through a dangling link", destination);
    }
    boolean into = there != null && there.isDirectory();
    if (!into && (from.isDirectory() ? there != null : endsInSeparator(destination))) {
      throw UvError.ENOTDIR.exception("copy", destination);
    }
    return new CopyPlan(
        source, into ? inside(destination, source) : destination, from.isDirectory());
  }

  /**
   * Finds out what {@code cp source... destination} means: several are copied into a directory that
   * is there. What is wrong with one of them is no reason not to copy the others; a name that two
   * of them have is one's only, lest the second takes the place of the first.
   *
   * @param failed is told of those that cannot be copied
   * @throws UvException if the destination is no directory
   */
  static List<CopyPlan> ofAll(
      List<String> sources, String destination, Consumer<UvException> failed) {
    FsStat there = statOrNull(destination);
    if (there == null || !there.isDirectory()) {
      throw (there == null ? UvError.ENOENT : UvError.ENOTDIR).exception("copy", destination);
    }
    List<CopyPlan> plans = new ArrayList<>();
    Set<String> targets = new HashSet<>();
    for (String source : sources) {
      try {
        CopyPlan plan = of(source, destination);
        if (!plan.target.equals(destination) && !targets.add(plan.target)) {
          throw UvError.EEXIST.exception("copy over what was just copied", plan.target);
        }
        plans.add(plan);
      } catch (UvException e) {
        failed.accept(e);
      }
    }
    return plans;
  }

  /**
   * Whether there is nothing to go on with: a directory would be copied into another one, and there
   * is nothing of its name. Then the other one may well be the copy itself, which was not there
   * when it was begun.
   */
  boolean isBeginningOf(String destination) {
    return ofDirectory && !target.equals(destination) && statOrNull(target) == null;
  }

  /**
   * The arguments that mean this plan also when the copy is there: {@code tree/. copy}. For what is
   * no directory they do so anyway.
   */
  List<String> argumentsToResume() {
    return List.of(ofDirectory ? contentsOf(source) : source, target);
  }

  /** The name of what is in a directory, instead of that of the directory itself. */
  static String contentsOf(String directory) {
    if (new File(directory).getName().equals(".")) {
      return directory;
    }
    return endsInSeparator(directory) ? directory + '.' : directory + "/.";
  }

  /** Names that name no entry of their parent's mean what is in there: {@code cp -r . there}. */
  private static String inside(String directory, String source) {
    String name = new File(source).getName();
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return directory;
    }
    return endsInSeparator(directory) ? directory + name : directory + '/' + name;
  }

  private static boolean endsInSeparator(String path) {
    return path.endsWith("/") || path.endsWith(File.separator);
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
