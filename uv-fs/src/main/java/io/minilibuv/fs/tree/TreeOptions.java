// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import java.util.Objects;

/**
 * How an operation on a tree is to be done. They may be used for several, and are read when one
 * begins.
 */
public final class TreeOptions {
  private static final int CONCURRENCY = 8;
  private static final int KEPT_ERRORS = 1000;
  private static final TreeListener NOBODY = new TreeListener() {};

  private int concurrency = CONCURRENCY;
  private int keptErrors = KEPT_ERRORS;
  private boolean missingAllowed;
  private boolean resumed;
  private TreeListener listener = NOBODY;

  /** Options that change nothing yet. */
  public TreeOptions() {}

  /**
   * How many entries are under way at once, 8 unless set. Each has one request on the pool; a file
   * that is copied has up to 8 if fewer than 32 entries may be under way, since the data of large
   * files is what takes the time. Data in memory have a bound, 32 MiB, however many that are.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public TreeOptions concurrency(int entries) {
    if (entries < 1) {
      throw new IllegalArgumentException("concurrency: " + entries);
    }
    this.concurrency = entries;
    return this;
  }

  /**
   * How many failures the result has, 1000 unless set, so that memory has a bound; those beyond are
   * counted.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public TreeOptions keptErrors(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("keptErrors: " + most);
    }
    this.keptErrors = most;
    return this;
  }

  /** Whether it is no failure to remove what is not there. It is one unless set. */
  public TreeOptions allowMissing(boolean allowed) {
    this.missingAllowed = allowed;
    return this;
  }

  /**
   * Whether a copy goes on with one that has ended early, and leaves alone what it finds to be
   * there already. Unless set, it replaces it.
   *
   * <p>A file is there if the target is another regular file of the same size and the same time of
   * modification, to the nanosecond, which a copy keeps; a link, if the target is a link of the
   * same text. Nothing else is compared, neither contents nor modes. Where the target's file system
   * keeps times less exactly, every file is copied again. A directory that its owner may not write
   * to may be written to meanwhile.
   */
  public TreeOptions resume(boolean wanted) {
    this.resumed = wanted;
    return this;
  }

  /** Who is told how it gets on; nobody unless set. */
  public TreeOptions listener(TreeListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  int concurrency() {
    return concurrency;
  }

  int keptErrors() {
    return keptErrors;
  }

  boolean isMissingAllowed() {
    return missingAllowed;
  }

  boolean isResumed() {
    return resumed;
  }

  TreeListener listener() {
    return listener;
  }
}
