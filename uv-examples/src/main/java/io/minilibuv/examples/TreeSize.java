// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Adds up the sizes of the files of a tree, beside the copy and ahead of it: only a progress bar
 * wants to know. What it cannot look at counts nothing; the copy will tell.
 */
final class TreeSize {
  /** Few, so that the copy gets most of the workers. */
  private static final int IN_FLIGHT = 2;

  private final Loop loop;
  private final Deque<String> unseen = new ArrayDeque<>();
  private int running;
  private long bytes;
  private boolean stopped;

  TreeSize(Loop loop) {
    this.loop = loop;
  }

  void start(String root) {
    unseen.push(root);
    fill();
  }

  /** Lets the loop end, whatever has not been seen. */
  void stop() {
    stopped = true;
    unseen.clear();
  }

  /** Bytes found until now. */
  long bytes() {
    return bytes;
  }

  /** Whether everything has been seen. */
  boolean isComplete() {
    return running == 0 && !stopped;
  }

  private void fill() {
    while (running < IN_FLIGHT && !unseen.isEmpty()) {
      running++;
      String path = unseen.pop();
      Fs.lstat(loop, path, lstat -> onStat(path, lstat));
    }
  }

  private void onStat(String path, FsRequest lstat) {
    if (lstat.result() == 0 && lstat.stat().isDirectory() && !stopped) {
      Fs.scandir(loop, path, scandir -> onListed(path, scandir));
      return;
    }
    if (lstat.result() == 0 && lstat.stat().isRegularFile()) {
      bytes += lstat.stat().size();
    }
    seen();
  }

  private void onListed(String path, FsRequest scandir) {
    if (!stopped) {
      for (Dirent entry : scandir.entries()) {
        if (entry.type() != DirentType.LINK) {
          unseen.push(PathNames.join(path, entry.name()));
        }
      }
    }
    seen();
  }

  private void seen() {
    running--;
    fill();
  }
}
