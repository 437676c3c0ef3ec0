// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.examples.cli.Names;
import io.minilibuv.fs.FsEventHandle;
import org.jspecify.annotations.Nullable;

/** Something that happened under a path that is watched. */
record Change(Kind kind, String path) {
  /** What happened; the names are those of libuv's events. */
  enum Kind {
    /** It is what it was, with another content or other attributes. */
    CHANGE,
    /** It came or went: that it was renamed is one way of these. */
    RENAME,
    /** There was more than was told: it may be anything in there. */
    OVERFLOW
  }

  /** What an event handle has told of {@code entry}, which is called {@code path}. */
  static Change of(@Nullable String entry, String path, int events) {
    if (entry == null) {
      return new Change(Kind.OVERFLOW, path);
    }
    return new Change((events & FsEventHandle.RENAME) != 0 ? Kind.RENAME : Kind.CHANGE, path);
  }

  /** {@code change dir/file}: one line, whatever the path is. */
  String line() {
    String word =
        switch (kind) {
          case CHANGE -> "change";
          case RENAME -> "rename";
          case OVERFLOW -> "overflow";
        };
    return word + ' ' + Names.inLine(path);
  }
}
