// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * The way of one directory: scandir, mkdir, then everything in it, then chmod and utime.
 *
 * <p>Mode and times come last, since filling a directory changes its time, and its mode may forbid
 * to fill it. A directory that is there already is filled up.
 */
final class DirectoryCopy extends Job {
  private static final int OWNER_ONLY = 0700;

  private List<Dirent> listing = List.of();
  private Iterator<Dirent> unstarted = Collections.emptyIterator();
  private int unended;

  DirectoryCopy(TreeCopy tree, Entry entry, FsStat seen) {
    super(tree, entry, seen);
  }

  @Override
  void start() {
    Fs.scandir(loop(), source(), this::onListed);
  }

  private void onListed(FsRequest scandir) {
    if (failed(scandir, source())) {
      end();
      return;
    }
    listing = scandir.entries();
    Fs.mkdir(loop(), target(), OWNER_ONLY, this::onMade);
  }

  private void onMade(FsRequest mkdir) {
    if (mkdir.result() == UvError.EEXIST.code()) {
      Fs.lstat(loop(), target(), this::onExistingStat);
    } else {
      failed(mkdir, target());
      open();
    }
  }

  private void onExistingStat(FsRequest lstat) {
    if (!failed(lstat, target()) && !lstat.stat().isDirectory()) {
      fail(UvError.EEXIST, "mkdir", target());
    }
    open();
  }

  /** Hands the entries over to the tree, which takes them one by one. */
  private void open() {
    if (isStopped()) {
      end();
      return;
    }
    unstarted = listing.iterator();
    unended = listing.size();
    listing = List.of();
    if (unended == 0) {
      keepMode();
    } else {
      tree.opened(this);
    }
  }

  boolean hasNext() {
    return unstarted.hasNext();
  }

  Entry next() {
    return entry.child(this, unstarted.next().name());
  }

  /** Leaves out what has not begun. */
  void skipRest() {
    while (unstarted.hasNext()) {
      unstarted.next();
      childEnded();
    }
  }

  void childEnded() {
    if (--unended == 0) {
      tree.resumed();
      keepMode();
    }
  }

  private void keepMode() {
    Fs.chmod(loop(), target(), seen().permissions(), this::onModeSet);
  }

  private void onModeSet(FsRequest chmod) {
    tellIfNotKept(chmod, target());
    Fs.utime(loop(), target(), seen().atim(), seen().mtim(), this::onTimesSet);
  }

  private void onTimesSet(FsRequest utime) {
    tellIfNotKept(utime, target());
    if (!isStopped()) {
      tree.report().directory();
    }
    end();
  }
}
