// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies one file ({@code uv__fs_copyfile}, src/unix/fs.c). */
final class NioCopyFile {
  private static final Logger log = LoggerFactory.getLogger(NioCopyFile.class);

  private final String targetText;
  private final Path source;
  private final Path target;
  private final boolean exclusive;
  private final boolean cloneOnly;

  /** What this copy has made itself, and takes away when it fails; null if it made nothing. */
  private @Nullable Path created;

  NioCopyFile(String source, String target, int flags) throws IOException {
    this.targetText = target;
    this.source = NioPaths.resolved(source);
    this.target = Path.of(target);
    this.cloneOnly = (flags & FsFlags.COPYFILE_FICLONE_FORCE) != 0;
    this.exclusive = (flags & FsFlags.COPYFILE_EXCL) != 0;
  }

  /** Copies, or leaves nothing that was not there before. */
  void run() throws IOException {
    try (FileChannel from = FileChannel.open(source, READ)) {
      FsStat stat = NioAttributes.stat(source);
      if (cloneOnly && !stat.isDirectory()) {
        // Java shares no blocks. Told before the target is touched.
        throw new ErrnoException(UvError.ENOSYS);
      }
      NioPaths.refuseEmpty(targetText);
      NioPaths.refuseSlashOfFile(targetText, exclusive);
      NioPaths.requireWayToDot(target);
      boolean done = false;
      try {
        if (stat.isDirectory()) {
          // Told after what is wrong with the target.
          openTarget(stat.permissions()).close();
          throw new ErrnoException(UvError.EISDIR);
        }
        fill(from, stat);
        // Closing may fail, too.
        done = true;
      } finally {
        if (!done) {
          removeCreated();
        }
      }
    }
  }

  private void fill(FileChannel from, FsStat stat) throws IOException {
    try (FileChannel to = openTarget(stat.permissions())) {
      if (!exclusive && Files.isSameFile(source, target)) {
        return;
      }
      // An empty file is let be: C forgives it if it may not be truncated.
      if (to.size() > 0) {
        if (created == null) {
          requireMaySetMode();
        }
        to.truncate(0);
      }
      describe(stat);
      copyAll(from, to);
    }
  }

  private FileChannel openTarget(int mode) throws IOException {
    FileAttribute<?>[] attributes = NioAttributes.forCreation(mode);
    Set<OpenOption> anew = Set.of(WRITE, CREATE_NEW);
    try {
      FileChannel to = FileChannel.open(target, anew, attributes);
      created = target;
      return to;
    } catch (FileAlreadyExistsException e) {
      if (exclusive) {
        throw e;
      }
    }
    try {
      refuseStream();
      return FileChannel.open(target, WRITE);
    } catch (NoSuchFileException e) {
      // A link that leads to nothing is there, and what it leads to is not; or it just went.
      FileChannel to = FileChannel.open(target, Set.of(WRITE, CREATE), attributes);
      try {
        created = target.toRealPath();
      } catch (IOException gone) {
        to.close();
        throw gone;
      }
      return to;
    }
  }

  /** A pipe or device cannot be truncated. Told before it is opened, which might wait. */
  private void refuseStream() throws IOException {
    switch (NioAttributes.mode(target) & FsStat.S_IFMT) {
      case FsStat.S_IFIFO, FsStat.S_IFCHR, FsStat.S_IFBLK ->
          throw new ErrnoException(UvError.EINVAL);
      default -> {
        // A file, or what opening has an error for.
      }
    }
  }

  /**
   * Fails if the mode of the target is not to be set, while all else is still there. It is set to
   * what it is: the new one is for the new content.
   */
  private void requireMaySetMode() throws IOException {
    NioAttributes.setMode(target, NioAttributes.mode(target));
  }

  /**
   * Times and owner, each as far as it can be set; the mode in any case, whatever the umask says.
   */
  private void describe(FsStat stat) throws IOException {
    attempt("times", () -> NioAttributes.setTimes(target, stat.atim(), stat.mtim()));
    attempt("owner", () -> NioAttributes.setOwner(target, stat.uid(), stat.gid()));
    NioAttributes.setMode(target, stat.permissions());
  }

  /** Sets something that a copy can do without. */
  @FunctionalInterface
  private interface Setter {
    void set() throws IOException;
  }

  private void attempt(String what, Setter setter) {
    try {
      setter.set();
    } catch (IOException e) {
      log.debug("{} does not get the {} of {}", target, what, source, e);
    }
  }

  private static void copyAll(FileChannel from, FileChannel to) throws IOException {
    long size = from.size();
    long at = 0;
    while (at < size) {
      long copied = from.transferTo(at, size - at, to);
      if (copied <= 0) {
        // Somebody cut the source off.
        return;
      }
      at += copied;
    }
  }

  private void removeCreated() {
    if (created == null) {
      return;
    }
    try {
      Files.deleteIfExists(created);
    } catch (IOException e) {
      log.warn("{}, a copy that failed, cannot be removed", created, e);
    }
  }
}
