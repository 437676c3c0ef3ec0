// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of one symbolic link, which is copied as what it is, be there something at its end or
 * not: readlink, lstat of the target, symlink under a temporary name, lutime, rename.
 */
final class LinkCopy extends CopyJob {
  private String text = "";
  private String temporary = "";

  LinkCopy(TreeCopy copy, @Nullable DirectoryJob parent, TreeEntry entry) {
    super(copy, parent, entry);
  }

  @Override
  void start() {
    Fs.readlink(loop(), path(), this::onText);
  }

  private void onText(FsRequest readlink) {
    if (failed(readlink, path())) {
      end();
      return;
    }
    text = Objects.requireNonNull(readlink.text());
    Fs.lstat(loop(), target, this::onTargetStat);
  }

  private void onTargetStat(FsRequest lstat) {
    if (lstat.result() != UvError.ENOENT.code() && !failed(lstat, target)) {
      if (isSame(seen(), lstat.stat())) {
        fail(UvError.EINVAL, "copy onto itself", target);
      } else if (lstat.stat().isDirectory()) {
        fail(UvError.EISDIR, "symlink", target);
      } else if (PathNames.isOfSystem(target) || isDevice(lstat.stat())) {
        fail(UvError.EEXIST, "symlink", target);
      }
    }
    boolean isLink = lstat.result() >= 0 && lstat.stat().isSymbolicLink();
    if (isStopped()) {
      end();
    } else if (isLink && copy.isResumed()) {
      Fs.readlink(loop(), target, this::onTargetText);
    } else {
      make();
    }
  }

  private void onTargetText(FsRequest readlink) {
    if (wasCancelled(readlink, target) || isStopped()) {
      end();
    } else if (text.equals(readlink.text())) {
      keep();
    } else {
      make();
    }
  }

  private void make() {
    temporary = copy.temporaryName(target);
    Fs.symlink(loop(), text, temporary, this::onMade);
  }

  private static boolean isDevice(FsStat stat) {
    return !stat.isRegularFile() && !stat.isSymbolicLink();
  }

  private void onMade(FsRequest symlink) {
    if (failed(symlink, target)) {
      end();
      return;
    }
    Fs.lutime(loop(), temporary, seen().atim(), seen().mtim(), this::onTimesSet);
  }

  private void onTimesSet(FsRequest lutime) {
    copy.tellIfNotKept(lutime, target);
    if (isStopped()) {
      discard(temporary);
    } else {
      Fs.rename(loop(), temporary, target, this::onRenamed);
    }
  }

  private void onRenamed(FsRequest rename) {
    if (failed(rename, target)) {
      discard(temporary);
      return;
    }
    tree.done(entry, 0);
    end();
  }
}
