// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.StandardOpenOption.WRITE;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file opened by its path: its channel, or a pair of them.
 *
 * <p>It is closed for good if a thread is interrupted that is using it, since that is what channels
 * do: what comes then is EBADF.
 */
final class ChannelFile extends OpenFile {
  /** What one {@code readv} or {@code writev} takes ({@code IOV_MAX}). */
  static final int MAX_BUFFERS = 1024;

  /*
   * The JDK copies what is on the heap through memory of the same size outside it, and keeps that
   * for the thread's next time. Big heap buffers go in pieces, so that a worker keeps no more.
   */
  private static final int HEAP_PIECE = 256 * 1024;

  /** The offset that stands for the file position. */
  private static final long AT_POSITION = -1;

  /** Null if the file was not opened for reading. */
  private final @Nullable FileChannel reader;

  /** Null if the file was not opened for writing. The reader, or, to append, one of its own. */
  private final @Nullable FileChannel writer;

  private final boolean appends;

  /*
   * Held by calls that use and move the file position in more than one step. Calls on what has no
   * position, such as a pipe, may block for long and do not take it. No monitor: a virtual thread
   * that blocks under one keeps its carrier, before JDK 24.
   */
  private final ReentrantLock position = new ReentrantLock();

  /** Whether the file position means something, as it does in a regular file and on a disk. */
  private final boolean hasPosition;

  /**
   * Takes the channels over.
   *
   * @param reader null if it was not opened for reading
   * @param writer null if it was not opened for writing; may be {@code reader}
   * @param opened null if it could not be told
   */
  ChannelFile(
      @Nullable FileChannel reader,
      @Nullable FileChannel writer,
      boolean appends,
      Path path,
      @Nullable FsStat opened) {
    super(path, opened);
    this.reader = reader;
    this.writer = writer;
    this.appends = appends;
    this.hasPosition = opened == null || opened.hasPosition();
  }

  // @start region="uv__fs_read"
  @Override
  long read(ByteBuffer[] buffers, long offset) throws IOException {
    FileChannel channel = require(reader);
    if (isDirectory()) {
      // The system says so too, but the JDK does not ask it for a buffer without room.
      throw new ErrnoException(UvError.EISDIR);
    }
    int count = Math.min(buffers.length, MAX_BUFFERS);
    if (offset >= 0) {
      return readPieces(channel, buffers, count, offset);
    }
    if (!hasPosition) {
      return readStream(channel, buffers, count);
    }
    position.lock();
    try {
      return readPieces(channel, buffers, count, offset);
    } finally {
      position.unlock();
    }
  }

  // @end region="uv__fs_read"

  private static long readStream(FileChannel channel, ByteBuffer[] buffers, int count)
      throws IOException {
    int first = 0;
    while (first < count && !buffers[first].hasRemaining()) {
      first++;
    }
    if (first == count) {
      return 0;
    }
    int run = Math.min(runFrom(buffers, first), count - first);
    long read =
        run > 1
            ? channel.read(buffers, first, run)
            : readPiece(channel, buffers[first], AT_POSITION);
    if (read == 0) {
      // The JDK's answer to EAGAIN; the end is -1.
      throw new ErrnoException(UvError.EAGAIN);
    }
    return Math.max(read, 0);
  }

  /** What one call to the system reads, in several: up to the first that comes back short. */
  static long readPieces(FileChannel channel, ByteBuffer[] buffers, int count, long offset)
      throws IOException {
    long total = 0;
    for (int i = 0; i < count; i++) {
      while (buffers[i].hasRemaining()) {
        int wanted = sizeOfPiece(buffers[i]);
        int read;
        try {
          read = readPiece(channel, buffers[i], offset < 0 ? AT_POSITION : offset + total);
        } catch (IOException e) {
          if (total > 0) {
            return total;
          }
          throw e;
        }
        total += Math.max(read, 0);
        if (read < wanted) {
          return total;
        }
      }
    }
    return total;
  }

  private static int readPiece(FileChannel channel, ByteBuffer buffer, long offset)
      throws IOException {
    int limit = buffer.limit();
    buffer.limit(buffer.position() + sizeOfPiece(buffer));
    try {
      return offset < 0 ? channel.read(buffer) : channel.read(buffer, offset);
    } finally {
      buffer.limit(limit);
    }
  }

  @Override
  long write(ByteBuffer[] buffers, long offset) throws IOException {
    FileChannel channel = require(writer);
    if (appends) {
      return append(channel, buffers, offset);
    }
    if (offset >= 0 || !hasPosition) {
      return writePieces(channel, buffers, offset);
    }
    position.lock();
    try {
      return writePieces(channel, buffers, offset);
    } finally {
      position.unlock();
    }
  }

  /** Whatever the offset, it goes to the end; without one, the position that reads use follows. */
  private long append(FileChannel channel, ByteBuffer[] buffers, long offset) throws IOException {
    position.lock();
    try {
      long total = writePieces(channel, buffers, AT_POSITION);
      if (offset < 0 && hasPosition && reader != null && total > 0) {
        reader.position(channel.size());
      }
      return total;
    } finally {
      position.unlock();
    }
  }

  /** All of {@code buffers}, or what could be written before an error. */
  static long writePieces(FileChannel channel, ByteBuffer[] buffers, long offset)
      throws IOException {
    long total = 0;
    int next = 0;
    while (true) {
      while (next < buffers.length && !buffers[next].hasRemaining()) {
        next++;
      }
      if (next == buffers.length) {
        return total;
      }
      long written;
      try {
        written = writeSome(channel, buffers, next, offset < 0 ? AT_POSITION : offset + total);
      } catch (IOException e) {
        if (total > 0) {
          return total;
        }
        throw e;
      }
      if (written <= 0) {
        return total;
      }
      total += written;
    }
  }

  private static long writeSome(FileChannel channel, ByteBuffer[] buffers, int next, long offset)
      throws IOException {
    int run = offset < 0 ? runFrom(buffers, next) : 1;
    if (run > 1) {
      return channel.write(buffers, next, run);
    }
    ByteBuffer buffer = buffers[next];
    int limit = buffer.limit();
    buffer.limit(buffer.position() + sizeOfPiece(buffer));
    try {
      return offset < 0 ? channel.write(buffer) : channel.write(buffer, offset);
    } finally {
      buffer.limit(limit);
    }
  }

  /** How many buffers from {@code next} on can go together without being big on the heap. */
  private static int runFrom(ByteBuffer[] buffers, int next) {
    int limit = Math.min(buffers.length - next, MAX_BUFFERS);
    long onHeap = 0;
    int run = 0;
    while (run < limit) {
      ByteBuffer buffer = buffers[next + run];
      onHeap += buffer.isDirect() ? 0 : buffer.remaining();
      if (onHeap > HEAP_PIECE) {
        break;
      }
      run++;
    }
    return run;
  }

  /** Through the system if both are regular files: it needs no memory of ours for that. */
  @Override
  long receive(OpenFile in, long offset, long length) throws IOException {
    if (isDirectory() || (in instanceof ChannelFile source && source.isDirectory())) {
      throw new ErrnoException(UvError.EISDIR);
    }
    FileChannel to = require(writer);
    if (!(in instanceof ChannelFile file)) {
      return super.receive(in, offset, length);
    }
    FileChannel from = require(file.reader);
    if (file.hasPosition && (file == this || isSameFileAs(file))) {
      // It ends where it does now: else it would never end, since what is read gets written to it.
      return super.receive(in, offset, Math.min(length, Math.max(0, from.size() - offset)));
    }
    if (appends || !hasPosition || !file.hasPosition || from.size() == 0) {
      // Files of the system's own say that they are empty, and are not.
      return super.receive(in, offset, length);
    }
    position.lock();
    try {
      return from.transferTo(offset, length, to);
    } finally {
      position.unlock();
    }
  }

  @Override
  void force(boolean all) throws IOException {
    (writer != null ? writer : require(reader)).force(all);
  }

  @Override
  void truncate(long length) throws IOException {
    FileChannel channel = writer;
    if (channel == null || length < 0 || (opened != null && !opened.isRegularFile())) {
      throw new ErrnoException(UvError.EINVAL);
    }
    position.lock();
    try {
      long size = channel.size();
      if (length < size) {
        cut(channel, length);
      } else if (length == size) {
        // Only so do its times change.
        NioOpenFiles.setLength(this, length);
      } else {
        extend(channel, length);
      }
    } finally {
      position.unlock();
    }
  }

  private void cut(FileChannel channel, long length) throws IOException {
    long before = channel.position();
    channel.truncate(length);
    if (before > length && !appends) {
      channel.position(before);
    }
  }

  /**
   * Has the system do it. Where Java has no way to that, the last byte is written, and the system
   * fills the gap; but what appends cannot write there.
   */
  private void extend(FileChannel channel, long length) throws IOException {
    if (reader != null && extendByMapping(reader, length)) {
      return;
    }
    if (NioOpenFiles.setLength(this, length)) {
      return;
    }
    ByteBuffer zero = ByteBuffer.allocate(1);
    if (!appends) {
      channel.write(zero, length - 1);
      return;
    }
    try (FileChannel other = FileChannel.open(NioOpenFiles.locate(this), WRITE)) {
      other.write(zero, length - 1);
    }
  }

  /** A mapping of nothing makes the file reach to where it begins. */
  private static boolean extendByMapping(FileChannel channel, long length) throws IOException {
    try {
      channel.map(FileChannel.MapMode.READ_WRITE, length, 0);
      return true;
    } catch (NonWritableChannelException e) {
      // Its mode let its maker read only.
      return false;
    }
  }

  @Override
  long size() throws IOException {
    return (reader != null ? reader : require(writer)).size();
  }

  @Override
  void close() throws IOException {
    try {
      if (reader != null) {
        reader.close();
      }
    } finally {
      if (writer != null) {
        writer.close();
      }
    }
  }

  /** Closes all of it if a part of it is closed: an interrupt that comes in a call does that. */
  @Override
  void closeIfTorn() throws IOException {
    if ((reader != null && !reader.isOpen()) || (writer != null && !writer.isOpen())) {
      close();
    }
  }

  private boolean isSameFileAs(ChannelFile other) {
    return NioAttributes.UNIX
        && opened != null
        && other.opened != null
        && opened.isSameFileAs(other.opened);
  }

  private boolean isDirectory() {
    return opened != null && opened.isDirectory();
  }

  private static FileChannel require(@Nullable FileChannel channel) throws IOException {
    if (channel == null) {
      throw new ErrnoException(UvError.EBADF);
    }
    return channel;
  }

  /** How much of {@code buffer} goes in one step. */
  private static int sizeOfPiece(ByteBuffer buffer) {
    return buffer.isDirect() ? buffer.remaining() : Math.min(buffer.remaining(), HEAP_PIECE);
  }
}
