// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.io.File;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out if the copy of a directory would be in that directory, and so never end, or be the
 * directory itself. All links are followed.
 */
final class InsideProbe {
  private final Loop loop;
  private final String source;
  private final String target;
  private final Consumer<@Nullable UvException> answer;
  private boolean targetIsThere;
  private String from = "";

  /**
   * Makes a probe that has not begun.
   *
   * @param answer told once: why the copy cannot be, or null
   */
  InsideProbe(Loop loop, String source, String target, Consumer<@Nullable UvException> answer) {
    this.loop = loop;
    this.source = source;
    this.target = target;
    this.answer = answer;
  }

  void start() {
    Fs.stat(loop, target, this::onTargetStat);
  }

  private void onTargetStat(FsRequest stat) {
    targetIsThere = stat.result() >= 0;
    if (targetIsThere || stat.result() == UvError.ENOENT.code()) {
      Fs.realpath(loop, source, this::onSourcePath);
    } else {
      answer.accept(stat.error());
    }
  }

  private void onSourcePath(FsRequest realpath) {
    if (realpath.result() < 0) {
      answer.accept(realpath.error());
      return;
    }
    from = Objects.requireNonNull(realpath.text());
    String place = targetIsThere ? target : PathNames.parent(target);
    Fs.realpath(loop, place, this::onTargetPath);
  }

  private void onTargetPath(FsRequest realpath) {
    if (realpath.result() < 0) {
      boolean noParent = !targetIsThere && realpath.result() == UvError.ENOENT.code();
      // Nobody has asked for the parent: told of the call that would have missed it.
      answer.accept(noParent ? UvError.ENOENT.exception("mkdir", target) : realpath.error());
      return;
    }
    String to = Objects.requireNonNull(realpath.text());
    if (to.equals(from) && targetIsThere) {
      answer.accept(UvError.EINVAL.exception("copy onto itself", target));
    } else if (to.equals(from) || isBelow(from, to)) {
      answer.accept(UvError.EINVAL.exception("copy into itself", target));
    } else {
      answer.accept(null);
    }
  }

  private static boolean isBelow(String directory, String path) {
    boolean isRoot = PathNames.endsInSeparator(directory);
    return path.startsWith(isRoot ? directory : directory + File.separator);
  }
}
