// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call answers besides its number ({@code ptr} and {@code statbuf} of {@code uv_fs_t}).
 *
 * <p>A backend fills in what the call is about, before it returns, and only if it succeeds. Each
 * belongs to one call, and to one thread at a time.
 */
public final class FsAnswer {
  private @Nullable FsStat stat;
  private @Nullable String text;
  private List<Dirent> entries = List.of();
  private @Nullable FsDir dir;
  private @Nullable FsStatFs statFs;
  private @Nullable String madePath;

  /** An empty answer. */
  public FsAnswer() {}

  /** Answers a stat call. */
  public void stat(FsStat stat) {
    this.stat = Objects.requireNonNull(stat, "stat");
  }

  /** Answers {@code readlink} or {@code realpath}. */
  public void text(String text) {
    this.text = Objects.requireNonNull(text, "text");
  }

  /** Answers {@code opendir}. */
  public void dir(FsDir dir) {
    this.dir = Objects.requireNonNull(dir, "dir");
  }

  /** Answers {@code statfs}. */
  public void statFs(FsStatFs told) {
    this.statFs = Objects.requireNonNull(told, "told");
  }

  /** Answers {@code mkdtemp} and {@code mkstemp}: the name that was made of the template. */
  public void madePath(String path) {
    this.madePath = Objects.requireNonNull(path, "path");
  }

  /**
   * Answers {@code readdir}, and {@code scandir}: sorted then; without {@code .} and {@code ..}.
   */
  public void entries(List<Dirent> entries) {
    this.entries = List.copyOf(entries);
  }

  /** The same without a copy: {@code entries} are this answer's from now on. */
  void ownEntries(List<Dirent> entries) {
    this.entries = Collections.unmodifiableList(entries);
  }

  /** What a stat call has answered, or null. */
  public @Nullable FsStat stat() {
    return stat;
  }

  /** What {@code readlink} or {@code realpath} has answered, or null. */
  public @Nullable String text() {
    return text;
  }

  /** What {@code scandir} or {@code readdir} has answered; empty if it was not that. */
  public List<Dirent> entries() {
    return entries;
  }

  /** What {@code opendir} has answered, or null. */
  public @Nullable FsDir dir() {
    return dir;
  }

  /** What {@code statfs} has answered, or null. */
  public @Nullable FsStatFs statFs() {
    return statFs;
  }

  /** The name that {@code mkdtemp} or {@code mkstemp} has made, or null. */
  public @Nullable String madePath() {
    return madePath;
  }
}
