// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.StandardOpenOption.WRITE;

import io.minilibuv.core.UvError;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, output or error, as an open file.
 *
 * <p>It is read and written as a stream: a channel would close it for the whole process when the
 * thread that waits for input is interrupted. Only what is done at an offset, or to the length,
 * needs the channel.
 */
final class StandardStream extends OpenFile {
  private static final int PIECE = 64 * 1024;

  private final int fd;
  private final @Nullable FileInputStream in;
  private final @Nullable FileOutputStream out;

  /** Never read, only asked what there would be to read. Never closed: it is {@link #out}'s. */
  private final @Nullable FileInputStream behindOut;

  /** Held while a file is written, of which is to be told how much of it was one's own. */
  private final ReentrantLock position = new ReentrantLock();

  /** Whether a file is behind it, or something that has no end; null until somebody asks. */
  private volatile @Nullable Boolean regular;

  private StandardStream(int fd, FileInputStream in) {
    super(null, null);
    this.fd = fd;
    this.in = in;
    this.out = null;
    this.behindOut = null;
  }

  private StandardStream(int fd, FileOutputStream out, FileInputStream behindOut) {
    super(null, null);
    this.fd = fd;
    this.in = null;
    this.out = out;
    this.behindOut = behindOut;
  }

  /** The stream that has the number {@code fd}: 0, 1 or 2. */
  static StandardStream of(int fd) {
    return switch (fd) {
      case 0 -> new StandardStream(fd, new FileInputStream(FileDescriptor.in));
      case 1 -> writing(fd, FileDescriptor.out);
      case 2 -> writing(fd, FileDescriptor.err);
      default -> throw new IllegalArgumentException("no standard stream: " + fd);
    };
  }

  private static StandardStream writing(int fd, FileDescriptor to) {
    return new StandardStream(fd, new FileOutputStream(to), new FileInputStream(to));
  }

  /** The number that the system has for this. */
  int fd() {
    return fd;
  }

  @Override
  long read(ByteBuffer[] buffers, long offset) throws IOException {
    FileInputStream from = in;
    if (from == null) {
      throw new ErrnoException(UvError.EBADF);
    }
    int count = Math.min(buffers.length, ChannelFile.MAX_BUFFERS);
    if (offset >= 0) {
      return ChannelFile.readPieces(from.getChannel(), buffers, count, offset);
    }
    long room = 0;
    for (int i = 0; i < count; i++) {
      room += buffers[i].remaining();
    }
    if (room == 0) {
      return 0;
    }
    byte[] bytes = new byte[(int) Math.min(room, PIECE)];
    long total = 0;
    int next = 0;
    int wanted;
    int read;
    do {
      wanted = (int) Math.min(room - total, bytes.length);
      try {
        read = from.read(bytes, 0, wanted);
      } catch (IOException e) {
        if (total > 0) {
          return total;
        }
        throw e;
      }
      next = scatter(bytes, Math.max(read, 0), buffers, next);
      total += Math.max(read, 0);
      // A pipe is read once: it might keep who asks for more waiting.
    } while (read == wanted && total < room && isRegularFile());
    return total;
  }

  /** Puts what was read into {@code buffers}, and gives the first that may still have room. */
  private static int scatter(byte[] bytes, int read, ByteBuffer[] buffers, int first) {
    int next = first;
    int done = 0;
    while (done < read) {
      int some = Math.min(read - done, buffers[next].remaining());
      buffers[next].put(bytes, done, some);
      done += some;
      if (done < read) {
        next++;
      }
    }
    return next;
  }

  @Override
  long write(ByteBuffer[] buffers, long offset) throws IOException {
    FileOutputStream to = out;
    if (to == null) {
      throw new ErrnoException(UvError.EBADF);
    }
    if (offset >= 0) {
      return ChannelFile.writePieces(to.getChannel(), buffers, offset);
    }
    if (!isRegularFile()) {
      return writeAll(to, buffers);
    }
    position.lock();
    try {
      return writeAll(to, buffers);
    } finally {
      position.unlock();
    }
  }

  private long writeAll(FileOutputStream to, ByteBuffer[] buffers) throws IOException {
    long total = 0;
    byte[] bytes = {};
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        int length = Math.min(buffer.remaining(), PIECE);
        if (bytes.length < length) {
          bytes = new byte[length];
        }
        buffer.get(bytes, 0, length);
        End before = end();
        try {
          to.write(bytes, 0, length);
        } catch (IOException e) {
          total += writtenSince(before, length);
          if (total > 0) {
            return total;
          }
          throw e;
        }
        total += length;
      }
    }
    return total;
  }

  /*
   * A stream that fails does not tell how much it wrote before, but the file does: by where it ends
   * and is written next. Only a channel could be asked for that alone, and an interrupt that comes
   * while it is asked would close it.
   */
  private record End(long size, long position) {}

  /** Null if this is no regular file, or cannot be told of. */
  private @Nullable End end() {
    if (behindOut == null || !isRegularFile()) {
      return null;
    }
    try {
      long size = Files.size(NioOpenFiles.locate(this));
      return new End(size, size - behindOut.available());
    } catch (IOException e) {
      return null;
    }
  }

  /** How much of {@code length} bytes got into the file before their write failed. */
  private long writtenSince(@Nullable End before, int length) {
    End now = before != null ? end() : null;
    if (before == null || now == null) {
      return 0;
    }
    // What appends has any position until it writes for the first time.
    boolean appended = before.position < before.size && now.size > before.size;
    long written = appended ? now.size - before.size : now.position - before.position;
    // Anything else is not ours.
    return written >= 0 && written <= length ? written : 0;
  }

  @Override
  void force(boolean all) throws IOException {
    channel().force(all);
  }

  @Override
  void truncate(long length) throws IOException {
    FileOutputStream to = out;
    if (to == null || !isRegularFile()) {
      throw new ErrnoException(UvError.EINVAL);
    }
    Path path = NioOpenFiles.locate(this);
    try (RandomAccessFile again = new RandomAccessFile(path.toFile(), "rw")) {
      again.setLength(length);
    } catch (FileNotFoundException e) {
      // It may be written, and not be read or opened again.
      truncateByChannel(to.getChannel(), path, length);
    }
  }

  private static void truncateByChannel(FileChannel channel, Path path, long length)
      throws IOException {
    if (length <= channel.size()) {
      long before = channel.position();
      channel.truncate(length);
      channel.position(before);
      return;
    }
    // Another, since this one may append.
    try (FileChannel other = FileChannel.open(path, WRITE)) {
      other.write(ByteBuffer.allocate(1), length - 1);
    }
  }

  /** The answer stays: nobody can put something else behind a descriptor in Java. */
  private boolean isRegularFile() {
    Boolean known = regular;
    if (known == null) {
      known = look();
      regular = known;
    }
    return known;
  }

  private boolean look() {
    try {
      return Files.isRegularFile(NioOpenFiles.locate(this));
    } catch (IOException e) {
      // On Windows it has no path to look at.
      return false;
    }
  }

  @Override
  long size() throws IOException {
    return channel().size();
  }

  @Override
  void close() throws IOException {
    if (in != null) {
      in.close();
    }
    if (out != null) {
      out.close();
    }
  }

  @Override
  public String toString() {
    return "standard stream " + fd;
  }

  private FileChannel channel() throws IOException {
    if (in != null) {
      return in.getChannel();
    }
    if (out != null) {
      return out.getChannel();
    }
    throw new ErrnoException(UvError.EBADF);
  }
}
