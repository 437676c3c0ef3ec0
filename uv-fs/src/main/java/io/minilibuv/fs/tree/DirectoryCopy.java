// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of one directory: scandir, mkdir, then everything in it, then chmod and utime.
 *
 * <p>Mode and times come last, since filling a directory changes its time, and its mode may forbid
 * to fill it. A directory that is there already is filled up; if an earlier copy has given it a
 * mode that forbids that, a copy that goes on with it opens it again.
 */
final class DirectoryCopy extends DirectoryJob {
  private static final int OWNER_ONLY = 0700;

  private final TreeCopy copy;
  private final String target;
  private List<Dirent> listing = List.of();

  DirectoryCopy(TreeCopy copy, @Nullable DirectoryJob parent, TreeEntry entry) {
    super(copy, parent, entry);
    this.copy = copy;
    this.target = copy.targetOf(entry);
  }

  @Override
  void start() {
    Fs.scandir(loop(), path(), this::onListed);
  }

  private void onListed(FsRequest scandir) {
    if (failed(scandir, path())) {
      end();
      return;
    }
    listing = scandir.entries();
    Fs.mkdir(loop(), target, OWNER_ONLY, this::onMade);
  }

  private void onMade(FsRequest mkdir) {
    if (mkdir.result() == UvError.EEXIST.code()) {
      Fs.lstat(loop(), target, this::onExistingStat);
    } else {
      failed(mkdir, target);
      open();
    }
  }

  private void onExistingStat(FsRequest lstat) {
    if (!failed(lstat, target) && !lstat.stat().isDirectory()) {
      fail(UvError.EEXIST, "mkdir", target);
    }
    if (isStopped() || !copy.isResumed() || isOpenToOwner(lstat.stat())) {
      open();
    } else {
      int mode = lstat.stat().permissions() | OWNER_ONLY;
      Fs.chmod(loop(), target, mode, this::onOpenedToOwner);
    }
  }

  private static boolean isOpenToOwner(FsStat stat) {
    return (stat.permissions() & OWNER_ONLY) == OWNER_ONLY;
  }

  /** If that cannot be done, it may do without: what cannot be made in there will tell. */
  private void onOpenedToOwner(FsRequest chmod) {
    if (chmod.result() == UvError.ECANCELED.code()) {
      failed(chmod, target);
    }
    open();
  }

  private void open() {
    if (isStopped()) {
      end();
      return;
    }
    List<Dirent> entries = listing;
    listing = List.of();
    open(entries);
  }

  @Override
  void filled() {
    if (CopyJob.hasSetId(seen())) {
      Fs.lstat(loop(), target, this::onTargetStat);
    } else {
      setMode(seen().permissions());
    }
  }

  private void onTargetStat(FsRequest lstat) {
    if (failed(lstat, target)) {
      end();
    } else {
      setMode(CopyJob.permissionsFor(seen(), lstat.stat()));
    }
  }

  private void setMode(int mode) {
    Fs.chmod(loop(), target, mode, this::onModeSet);
  }

  private void onModeSet(FsRequest chmod) {
    copy.tellIfNotKept(chmod, target);
    Fs.utime(loop(), target, seen().atim(), seen().mtim(), this::onTimesSet);
  }

  private void onTimesSet(FsRequest utime) {
    copy.tellIfNotKept(utime, target);
    if (!isStopped()) {
      tree.done(entry, 0);
    }
    end();
  }
}
