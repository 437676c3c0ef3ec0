// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An open file of {@link NioFsBackend}, and what {@code java.nio} would have us remember of it.
 *
 * <p>It may be used by several threads at once. It does not know its descriptor: {@link FdTable}
 * does.
 */
abstract class OpenFile {
  /** What C's emulation of sendfile moves at once. */
  private static final int SEND_PIECE = 8192;

  /** Where the file was when it was opened; null for a standard stream. */
  final @Nullable Path path;

  /** What the file was when it was opened; null if that could not be told. */
  final @Nullable FsStat opened;

  /** Who keeps this open: {@link FdTable}'s, and guarded by its lock. */
  int holders;

  OpenFile(@Nullable Path path, @Nullable FsStat opened) {
    this.path = path;
    this.opened = opened;
  }

  @Override
  public String toString() {
    return path != null ? path.toString() : "a file without a path";
  }

  /** Reads once: {@link FsBackend#read}. */
  abstract long read(ByteBuffer[] buffers, long offset) throws IOException;

  /** Writes everything: {@link FsBackend#write} ({@code uv__fs_write_all}, src/unix/fs.c). */
  abstract long write(ByteBuffer[] buffers, long offset) throws IOException;

  /**
   * Writes at the file position what {@code in} has from {@code offset} on, up to {@code length}
   * bytes ({@code uv__fs_sendfile_emul}, src/unix/fs.c). What the system could do better, the file
   * that can overrides.
   */
  long receive(OpenFile in, long offset, long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, SEND_PIECE));
    long total = 0;
    boolean atOffset = true;
    while (total < length) {
      bytes.clear().limit((int) Math.min(length - total, SEND_PIECE));
      long read;
      try {
        read = in.read(new ByteBuffer[] {bytes.slice()}, atOffset ? offset + total : -1);
      } catch (IOException e) {
        if (total > 0) {
          return total;
        }
        if (atOffset && hasNoOffsets(e)) {
          atOffset = false;
          continue;
        }
        throw e;
      }
      if (read == 0) {
        return total;
      }
      bytes.limit((int) read);
      while (bytes.hasRemaining()) {
        // An error is told even after others that went well: the next round meets it again.
        long written = write(new ByteBuffer[] {bytes.slice()}, -1);
        if (written <= 0) {
          throw new ErrnoException(UvError.EIO);
        }
        bytes.position(bytes.position() + (int) written);
      }
      total += read;
    }
    return total;
  }

  /** What says that a file, such as a pipe, is to be read as it comes. */
  private static boolean hasNoOffsets(IOException e) {
    int code = FsErrors.codeOf(e);
    return code == UvError.ESPIPE.code() || code == UvError.EIO.code();
  }

  /** Brings this to the disk; {@code all} includes what describes the file. */
  abstract void force(boolean all) throws IOException;

  /** Cuts or extends this ({@code ftruncate}), which leaves the position where it is. */
  abstract void truncate(long length) throws IOException;

  /** How big this is now. */
  abstract long size() throws IOException;

  /** Closes this if it can be used in part only; nothing else is ever done to a file unasked. */
  void closeIfTorn() throws IOException {
    // Only what has several parts is ever torn.
  }

  /** Lets go of the file. Idempotent. */
  abstract void close() throws IOException;
}
