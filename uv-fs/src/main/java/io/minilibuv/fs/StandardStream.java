// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvError;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Standard input, output or error, as an open file.
 *
 * <p>It is read and written as a stream: a channel would close it for the whole process when the
 * thread that waits for input is interrupted. Only what is done at an offset needs the channel.
 */
final class StandardStream extends OpenFile {
  private static final int PIECE = 64 * 1024;

  private final int fd;
  private final @Nullable FileInputStream in;
  private final @Nullable FileOutputStream out;

  private StandardStream(int fd, @Nullable FileInputStream in, @Nullable FileOutputStream out) {
    super(null, null);
    this.fd = fd;
    this.in = in;
    this.out = out;
  }

  /** The stream that has the number {@code fd}: 0, 1 or 2. */
  static StandardStream of(int fd) {
    return switch (fd) {
      case 0 -> new StandardStream(fd, new FileInputStream(FileDescriptor.in), null);
      case 1 -> new StandardStream(fd, null, new FileOutputStream(FileDescriptor.out));
      case 2 -> new StandardStream(fd, null, new FileOutputStream(FileDescriptor.err));
      default -> throw new IllegalArgumentException("no standard stream: " + fd);
    };
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
    for (ByteBuffer buffer : buffers) {
      if (buffer.hasRemaining()) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), PIECE)];
        int read =
            offset < 0 ? from.read(bytes) : from.getChannel().read(ByteBuffer.wrap(bytes), offset);
        if (read > 0) {
          buffer.put(bytes, 0, read);
        }
        return Math.max(read, 0);
      }
    }
    return 0;
  }

  @Override
  long write(ByteBuffer[] buffers, long offset) throws IOException {
    FileOutputStream to = out;
    if (to == null) {
      throw new ErrnoException(UvError.EBADF);
    }
    long total = 0;
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), PIECE)];
        buffer.get(bytes);
        try {
          writeAll(to, bytes, offset < 0 ? offset : offset + total);
        } catch (IOException e) {
          if (total > 0) {
            return total;
          }
          throw e;
        }
        total += bytes.length;
      }
    }
    return total;
  }

  private static void writeAll(FileOutputStream to, byte[] bytes, long offset) throws IOException {
    if (offset < 0) {
      to.write(bytes);
      return;
    }
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      to.getChannel().write(left, offset + left.position());
    }
  }

  @Override
  void force(boolean all) throws IOException {
    channel().force(all);
  }

  @Override
  void truncate(long length) throws IOException {
    throw new ErrnoException(UvError.EINVAL);
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
