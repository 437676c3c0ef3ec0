// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_NOFOLLOW;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.internal.GiveBack;
import org.jspecify.annotations.Nullable;

/**
 * The way of one file.
 *
 * <pre>
 *  open -> fstat -> where to? -> open -> read -> write -> fchmod -> futime -> close -> close -> rename
 *  source  source   TargetProbe  temp.   ChunkCopy, a few  temp.    temp.     temp.    source   temp.
 *
 *  what has failed, from wherever it is:                             close -> close -> unlink
 * </pre>
 *
 * <p>The bytes go into a file of a temporary name beside the target, which takes the target's place
 * at the end: a target is whole or is not there, and what was there before survives a failure. A
 * target that is a device or a FIFO is written to as it is. The price is that the target's
 * directory must be writable, and that another name of the old target, a hard link, keeps the old
 * content. Another gain is that a copy can be resumed: what has the target's name is whole.
 */
final class FileCopy extends CopyJob {
  private static final int NONE = -1;

  private FsStat stat;
  private int in = NONE;
  private int out = NONE;

  /** Where the file is to be: what the target leads to, if it is a link. */
  private String place;

  /** What it is called until it is whole; null if there is no such file. */
  private @Nullable String temporary;

  /** Whether the target is written to as it is. */
  private boolean direct;

  private long nextChunk;
  private int chunksInFlight;

  /** The first place at which a read has found nothing. */
  private long end = Long.MAX_VALUE;

  /** How far the target has been written. */
  private long written;

  /** Whether the rest is carried one chunk after the other. */
  private boolean inOrder;

  FileCopy(TreeCopy copy, @Nullable DirectoryJob parent, TreeEntry entry) {
    super(copy, parent, entry);
    stat = entry.stat();
    place = target;
  }

  @Override
  void start() {
    if (copy.isResumed()) {
      Fs.stat(loop(), target, this::onCopySeen);
    } else {
      openSource();
    }
  }

  /** What is wrong with the target, if anything is, its probe will tell. */
  private void onCopySeen(FsRequest stat) {
    if (wasCancelled(stat, target) || isStopped()) {
      end();
    } else if (stat.result() >= 0 && isCopied(stat.stat())) {
      keep();
    } else {
      openSource();
    }
  }

  /** A file gets its time when it is whole, before it gets its name. */
  private boolean isCopied(FsStat there) {
    return there.isRegularFile()
        && there.size() == seen().size()
        && there.mtim().equals(seen().mtim())
        && !isSame(seen(), there);
  }

  private void openSource() {
    Fs.open(loop(), path(), O_RDONLY | O_NOFOLLOW, 0, this::onSourceOpen);
  }

  private void onSourceOpen(FsRequest open) {
    if (failed(open, path())) {
      end();
      return;
    }
    in = (int) open.result();
    Fs.fstat(loop(), in, this::onSourceStat);
  }

  private void onSourceStat(FsRequest fstat) {
    if (failed(fstat, path())) {
      closeSource();
      return;
    }
    stat = fstat.stat();
    if (!stat.isRegularFile()) {
      fail(UvError.ENOTSUP, "copy", path());
      closeSource();
      return;
    }
    new TargetProbe(this, this::onTargetProbed).start();
  }

  private void onTargetProbed(TargetProbe probe) {
    place = probe.path();
    if (isSame(stat, probe.existing())) {
      fail(UvError.EINVAL, "copy onto itself", target);
    }
    if (isStopped()) {
      closeSource();
    } else if (probe.isDevice()) {
      direct = true;
      Fs.open(loop(), place, O_WRONLY | O_TRUNC, 0, this::onTargetOpen);
    } else {
      openTemporary();
    }
  }

  private void openTemporary() {
    String name = copy.temporaryName(place);
    // Nobody else reads it before it has the source's mode.
    Fs.open(
        loop(),
        name,
        O_WRONLY | O_CREAT | O_EXCL,
        0600,
        open -> {
          temporary = open.result() >= 0 ? name : null;
          onTargetOpen(open);
        });
  }

  private void onTargetOpen(FsRequest open) {
    if (failed(open, target)) {
      closeSource();
      return;
    }
    out = (int) open.result();
    carryChunks();
  }

  /** Several chunks are on their way at once, unless the target takes them only in their order. */
  private void carryChunks() {
    long chunks = Math.max(1, stat.size() / Buffers.SIZE);
    chunksInFlight = direct ? 1 : (int) Math.min(chunks, copy.chunksPerFile());
    for (int started = chunksInFlight; started > 0; started--) {
      new ChunkCopy(this).start();
    }
  }

  /** Where the next chunk begins. */
  long claimChunk() {
    long claimed = nextChunk;
    nextChunk += Buffers.SIZE;
    return claimed;
  }

  /** Whether there is nothing to be found at {@code offset}. */
  boolean isBehindEnd(long offset) {
    return offset >= end;
  }

  /** A read has found nothing at {@code offset}. */
  void endsAt(long offset) {
    end = Math.min(end, offset);
  }

  /** {@code bytes} were written up to {@code offset}. */
  void written(long offset, long bytes) {
    written = Math.max(written, offset);
    tree.transferred(bytes);
  }

  /**
   * What was written behind the end comes of a file that was cut, or has grown, while chunks were
   * on their way: what lies between is a hole, or older than the rest. From the end on it is read
   * again, in order, as a copy by one chunk would have done.
   */
  void chunksEnd() {
    if (--chunksInFlight > 0) {
      return;
    }
    if (isStopped() || written <= end) {
      keepMode();
    } else if (inOrder) {
      Fs.ftruncate(loop(), out, end, this::onCut);
    } else {
      inOrder = true;
      nextChunk = end;
      end = Long.MAX_VALUE;
      chunksInFlight = 1;
      new ChunkCopy(this).start();
    }
  }

  private void onCut(FsRequest ftruncate) {
    failed(ftruncate, target);
    keepMode();
  }

  /** The mode is kept exactly, whatever the umask; it and the times are not a device's business. */
  private void keepMode() {
    if (direct || isStopped()) {
      closeTarget();
    } else if (hasSetId(stat)) {
      Fs.fstat(loop(), out, this::onTargetStat);
    } else {
      setMode(stat.permissions());
    }
  }

  private void onTargetStat(FsRequest fstat) {
    if (failed(fstat, target)) {
      closeTarget();
    } else {
      setMode(permissionsFor(stat, fstat.stat()));
    }
  }

  private void setMode(int mode) {
    Fs.fchmod(loop(), out, mode, this::onModeSet);
  }

  private void onModeSet(FsRequest fchmod) {
    copy.tellIfNotKept(fchmod, target);
    Fs.futime(loop(), out, stat.atim(), stat.mtim(), this::onTimesSet);
  }

  private void onTimesSet(FsRequest futime) {
    copy.tellIfNotKept(futime, target);
    closeTarget();
  }

  private void closeTarget() {
    GiveBack.close(loop(), out, this::onTargetClosed);
  }

  private void onTargetClosed(@Nullable UvException error) {
    // Some systems tell only now that the bytes found no place.
    if (error != null) {
      fail(new UvException(error.code(), error.call(), target));
    }
    closeSource();
  }

  private void closeSource() {
    GiveBack.close(loop(), in, error -> settle());
  }

  private void settle() {
    if (temporary == null) {
      finish();
    } else if (isStopped()) {
      discard(temporary);
    } else {
      Fs.rename(loop(), temporary, place, this::onRenamed);
    }
  }

  private void onRenamed(FsRequest rename) {
    if (failed(rename, target)) {
      settle();
    } else {
      finish();
    }
  }

  private void finish() {
    if (!isStopped()) {
      tree.done(entry, Math.min(written, end));
    }
    end();
  }

  int in() {
    return in;
  }

  int out() {
    return out;
  }

  boolean isDirect() {
    return direct;
  }
}
