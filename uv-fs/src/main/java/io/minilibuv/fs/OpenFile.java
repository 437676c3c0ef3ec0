// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

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

  /** Brings this to the disk; {@code all} includes what describes the file. */
  abstract void force(boolean all) throws IOException;

  /** Cuts or extends this ({@code ftruncate}), which leaves the position where it is. */
  abstract void truncate(long length) throws IOException;

  /** How big this is now. */
  abstract long size() throws IOException;

  /** Lets go of the file. Idempotent. */
  abstract void close() throws IOException;
}
