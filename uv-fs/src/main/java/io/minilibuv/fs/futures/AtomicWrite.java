// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_WRONLY;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.internal.GiveBack;
import java.io.File;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file by one that is whole.
 *
 * <pre>
 *  realpath -> stat -> open -> fstat, fchown -> write -> fchmod -> fsync -> close -> rename -> fsync
 *                      temporary                          |                                   directory
 *                              if there was a file: ------+
 *
 *  what has failed or is cancelled, until the rename:     close -> unlink
 * </pre>
 */
final class AtomicWrite extends FileTask<Void> {
  private static final int PERMISSIONS = 0777;
  private static final int MOST_TRIES = 100;

  /** The owner that fchown leaves as it is. */
  private static final long SAME = -1;

  private final FileWrite.ChunkWrite content;
  private String place;
  private String temporary = "";
  private @Nullable FsStat existing;
  private int fd;
  private int tries;

  AtomicWrite(Loop loop, String path, ByteBuffer content) {
    super(loop, path);
    this.content = new FileWrite.ChunkWrite(this, content);
    this.place = path;
  }

  FsTask<Void> start() {
    Fs.realpath(loop, path, this::onRealpath);
    return task;
  }

  private void onRealpath(FsRequest realpath) {
    if (realpath.result() == UvError.ENOENT.code() && isName(path)) {
      openTemporary();
    } else if (failed(realpath)) {
      settle(null);
    } else {
      place = Objects.requireNonNull(realpath.text());
      Fs.stat(loop, place, this::onStat);
    }
  }

  /** Whether a file could be called {@code path}. */
  private static boolean isName(String path) {
    return !path.isEmpty() && !path.endsWith("/") && !path.endsWith(File.separator);
  }

  private void onStat(FsRequest stat) {
    if (stat.result() != UvError.ENOENT.code()) {
      if (!failed(stat)) {
        existing = stat.stat();
        if (!existing.isRegularFile()) {
          UvError error = existing.isDirectory() ? UvError.EISDIR : UvError.ENOTSUP;
          fail(error.exception("open", path));
        }
      }
    }
    openTemporary();
  }

  /** Nobody else reads it before it has its mode, if there is one to keep. */
  private void openTemporary() {
    if (isStopped()) {
      settle(null);
      return;
    }
    temporary = temporaryName(place);
    int mode = existing != null ? 0600 : 0666;
    Fs.open(loop, temporary, O_WRONLY | O_CREAT | O_EXCL, mode, this::onOpen);
  }

  /** {@code .NAME.RANDOM.tmp} beside {@code path}; short, since names have an end. */
  private static String temporaryName(String path) {
    String name = new File(path).getName();
    String directory = path.substring(0, path.length() - name.length());
    int end = Math.min(name.length(), 32);
    if (end < name.length() && Character.isLowSurrogate(name.charAt(end))) {
      end--;
    }
    String random = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    return directory + '.' + name.substring(0, end) + '.' + random + ".tmp";
  }

  private void onOpen(FsRequest open) {
    if (open.result() == UvError.EEXIST.code() && ++tries < MOST_TRIES) {
      openTemporary();
    } else if (failed(open)) {
      settle(null);
    } else {
      fd = (int) open.result();
      Fs.fstat(loop, fd, this::onTemporaryStat);
    }
  }

  private void onTemporaryStat(FsRequest fstat) {
    FsStat old = existing;
    if (failed(fstat)) {
      discard();
    } else if (old == null) {
      write(this::sync);
    } else if (isOwnerOf(old, fstat.stat())) {
      write(() -> setMode(old.permissions()));
    } else {
      Fs.fchown(loop, fd, old.uid(), old.gid(), chown -> onOwnerSet(old, chown));
    }
  }

  private static boolean isOwnerOf(FsStat one, FsStat other) {
    return one.uid() == other.uid() && one.gid() == other.gid();
  }

  /** Who may not give a file away may still give it to a group of one's own. */
  private void onOwnerSet(FsStat old, FsRequest chown) {
    if (chown.result() == 0) {
      write(() -> setMode(old.permissions()));
    } else {
      Fs.fchown(loop, fd, SAME, old.gid(), chgrp -> onGroupSet(old, chgrp.result() == 0));
    }
  }

  /**
   * To run as its owner is a right that somebody else's file must not give. And what a group may
   * do, another group may only if everybody may.
   */
  private void onGroupSet(FsStat old, boolean kept) {
    int mode = old.permissions() & PERMISSIONS;
    int forAll = (mode & 07) << 3;
    write(() -> setMode(kept ? mode : mode & (~070 | forAll)));
  }

  private void write(Runnable whenWritten) {
    content.start(fd, whenWritten);
  }

  /** Not before the content is written: to change the owner, or to write, takes rights away. */
  private void setMode(int mode) {
    if (isStopped()) {
      discard();
      return;
    }
    Fs.fchmod(
        loop,
        fd,
        mode,
        fchmod -> {
          // Where there are no modes there is none to keep.
          if (fchmod.result() != UvError.ENOSYS.code()) {
            failed(fchmod);
          }
          sync();
        });
  }

  private void sync() {
    if (isStopped()) {
      discard();
    } else {
      Fs.fsync(loop, fd, this::onSynced);
    }
  }

  private void onSynced(FsRequest fsync) {
    if (failed(fsync)) {
      discard();
    } else {
      close(fd, this::replace);
    }
  }

  private void replace() {
    if (isStopped() || !task.commit()) {
      unlink();
    } else {
      Fs.rename(loop, temporary, place, this::onRenamed);
    }
  }

  private void onRenamed(FsRequest rename) {
    if (failed(rename)) {
      unlink();
    } else {
      Fs.open(loop, directory(), O_RDONLY, 0, this::onDirectoryOpen);
    }
  }

  private String directory() {
    String parent = new File(place).getParent();
    return parent != null ? parent : ".";
  }

  /** The new name is to be on the disk too, where directories can be opened. */
  private void onDirectoryOpen(FsRequest open) {
    if (open.result() < 0) {
      settle(null);
      return;
    }
    int directory = (int) open.result();
    Fs.fsync(
        loop,
        directory,
        fsync -> {
          if (fsync.result() == UvError.EIO.code()) {
            failed(fsync);
          }
          close(directory, () -> settle(null));
        });
  }

  private void discard() {
    close(fd, this::unlink);
  }

  private void unlink() {
    GiveBack.unlink(
        loop,
        temporary,
        error -> {
          failedBy(error);
          settle(null);
        });
  }
}
