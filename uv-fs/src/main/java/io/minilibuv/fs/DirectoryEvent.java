// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a watched directory, on its way to the handles.
 *
 * @param name the entry that it happened to; null if it was the directory itself, or nobody knows
 * @param events what the callback is told
 * @param status what the callback is told
 */
record DirectoryEvent(Kind kind, @Nullable Path name, int events, int status) {

  /** What an event is about. */
  enum Kind {
    /** An entry came, went or changed. */
    ENTRY,
    /** The directory is gone; no event follows. */
    GONE,
    /** Nobody knows: events were lost, or could not be read. */
    UNKNOWN
  }

  /** Events were lost. */
  static final DirectoryEvent LOST =
      new DirectoryEvent(Kind.UNKNOWN, null, FsEventHandle.CHANGE, 0);

  /** The directory is gone. */
  static final DirectoryEvent GONE = new DirectoryEvent(Kind.GONE, null, FsEventHandle.RENAME, 0);

  /** The entry {@code name} came or went. */
  static DirectoryEvent renamed(Path name) {
    return new DirectoryEvent(Kind.ENTRY, name, FsEventHandle.RENAME, 0);
  }

  /** The entry {@code name} was there before and after, and is not what it was. */
  static DirectoryEvent changed(Path name) {
    return new DirectoryEvent(Kind.ENTRY, name, FsEventHandle.CHANGE, 0);
  }

  /** The directory {@code name} has new attributes. */
  static DirectoryEvent changedAttributesOfDirectory(Path name) {
    return new DirectoryEvent(Kind.ENTRY, name, FsEventHandle.CHANGE | FsEventHandle.RENAME, 0);
  }

  /** Events could not be read. */
  static DirectoryEvent failed(int code) {
    return new DirectoryEvent(Kind.UNKNOWN, null, 0, code);
  }
}
