// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one open, and what they are as options of {@code java.nio}.
 *
 * @param flags {@link FsFlags}
 */
record OpenRequest(Path path, int flags, int mode) {

  /**
   * What was to be created was there, and was removed before it was open: in C, where that is one
   * step, nobody can come in between.
   */
  static final class VanishedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  boolean reads() {
    return (flags & FsFlags.O_ACCMODE) != FsFlags.O_WRONLY;
  }

  boolean writes() {
    return (flags & FsFlags.O_ACCMODE) != FsFlags.O_RDONLY;
  }

  boolean appends() {
    return writes() && has(FsFlags.O_APPEND);
  }

  /** The same without {@code flag}. */
  OpenRequest without(int flag) {
    return new OpenRequest(path, flags & ~flag, mode);
  }

  /** The option to create with: that it must not be there, if it must not. */
  StandardOpenOption creation() {
    return has(FsFlags.O_EXCL) ? CREATE_NEW : CREATE;
  }

  /** Opens a channel, through which links are followed if they are to be. */
  FileChannel open(OpenOption... with) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(with));
    options.addAll(Set.of(links()));
    if ((flags & FsFlags.O_SYNC) == FsFlags.O_SYNC) {
      options.add(StandardOpenOption.SYNC);
    } else if (has(FsFlags.O_DSYNC)) {
      options.add(StandardOpenOption.DSYNC);
    }
    return has(FsFlags.O_CREAT)
        ? FileChannel.open(path, options, NioAttributes.forCreation(mode))
        : FileChannel.open(path, options);
  }

  /** Opens what was there a moment ago. */
  FileChannel openAgain(OpenOption... with) throws IOException {
    try {
      return open(with);
    } catch (NoSuchFileException e) {
      throw has(FsFlags.O_CREAT) ? new VanishedException() : e;
    }
  }

  /** What is there: the link itself, if links are not to be followed. Null if it is not seen. */
  @Nullable FsStat look() {
    return NioOpenFiles.statOf(path, links());
  }

  /** How to look at what is there. */
  LinkOption[] links() {
    return has(FsFlags.O_NOFOLLOW)
        ? new LinkOption[] {LinkOption.NOFOLLOW_LINKS}
        : new LinkOption[0];
  }
}
