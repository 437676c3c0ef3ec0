// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import static io.minilibuv.fs.FsFlags.O_ACCMODE;
import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_WRONLY;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.FsTime;
import io.minilibuv.fs.model.ModelTree.Failure;
import io.minilibuv.fs.model.ModelTree.Kind;
import io.minilibuv.fs.model.ModelTree.LeftOut;
import io.minilibuv.fs.model.ModelTree.Node;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The half of the model that is about open files. */
abstract class ModelDescriptors extends PartialBackend {
  private static final int FIRST = 3;
  private static final Uv.Timespec NEVER = new Uv.Timespec(0, 0);

  /** A time that is later than all that are set, as that of a change is. */
  private static final Uv.Timespec LATER = new Uv.Timespec(Integer.MAX_VALUE, 0);

  /** An open file: what was opened, how, and where it is read and written next. */
  private static final class Opened {
    final Node node;
    final int flags;
    long position;

    Opened(Node node, int flags) {
      this.node = node;
      this.flags = flags;
    }

    boolean appends() {
      return (flags & O_APPEND) != 0;
    }

    Node toRead() {
      if ((flags & O_ACCMODE) == O_WRONLY) {
        throw new Failure(UvError.EBADF);
      }
      return readable(node);
    }

    Node toWrite() {
      if ((flags & O_ACCMODE) == O_RDONLY) {
        throw new Failure(UvError.EBADF);
      }
      return node;
    }
  }

  private final Map<Integer, Opened> table = new TreeMap<>();

  static Node readable(Node node) {
    return node.required(Kind.FILE, UvError.EISDIR);
  }

  static long result(LongSupplier body) {
    try {
      return body.getAsLong();
    } catch (Failure e) {
      return e.error.code();
    }
  }

  static long step(Runnable body) {
    return result(
        () -> {
          body.run();
          return 0;
        });
  }

  /** Gives the lowest free number. */
  final int add(Node node, int flags) {
    int fd = FIRST;
    while (table.containsKey(fd)) {
      fd++;
    }
    table.put(fd, new Opened(node, flags));
    return fd;
  }

  private Opened opened(int fd) {
    Opened opened = table.get(fd);
    if (opened == null) {
      throw new Failure(UvError.EBADF);
    }
    return opened;
  }

  @Override
  public long close(int fd) {
    return step(
        () -> {
          opened(fd);
          table.remove(fd);
        });
  }

  @Override
  public long read(int fd, ByteBuffer[] buffers, long offset) {
    return result(
        () -> {
          Opened opened = opened(fd);
          byte[] bytes = opened.toRead().bytes;
          long from = offset < 0 ? opened.position : offset;
          long total = 0;
          for (ByteBuffer buffer : buffers) {
            long left = Math.max(0, bytes.length - from - total);
            int count = (int) Math.min(buffer.remaining(), left);
            buffer.put(bytes, (int) Math.min(bytes.length, from + total), count);
            total += count;
          }
          if (offset < 0) {
            opened.position += total;
          }
          return total;
        });
  }

  @Override
  public long write(int fd, ByteBuffer[] buffers, long offset) {
    return result(
        () -> {
          Opened opened = opened(fd);
          opened.toWrite();
          long total = 0;
          long at = offset;
          for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            write(opened, bytes, at < 0 ? at : at + total);
            total += bytes.length;
          }
          return total;
        });
  }

  /** Nothing is no write at all. */
  private static void write(Opened opened, byte[] bytes, long offset) {
    if (bytes.length == 0) {
      return;
    }
    Node node = opened.node;
    int at = (int) (offset < 0 ? opened.position : offset);
    if (opened.appends()) {
      at = node.bytes.length;
    }
    int end = at + bytes.length;
    byte[] content = Arrays.copyOf(node.bytes, Math.max(end, node.bytes.length));
    System.arraycopy(bytes, 0, content, at, bytes.length);
    node.change(content);
    if (offset < 0) {
      opened.position = end;
    }
  }

  @Override
  public long sendfile(int outFd, int inFd, long inOffset, long length) {
    return result(
        () -> {
          Opened out = opened(outFd);
          Opened in = opened(inFd);
          if (out.node.kind != Kind.FILE || in.node.kind != Kind.FILE) {
            throw new Failure(UvError.EISDIR);
          }
          byte[] bytes = in.toRead().bytes;
          out.toWrite();
          if (in.node == out.node) {
            throw new LeftOut("what overlaps is sent or refused");
          }
          if (out.appends()) {
            throw new LeftOut(
                "a target that appends is refused by copy_file_range, and taken else");
          }
          if (inOffset < 0) {
            throw new Failure(UvError.EINVAL);
          }
          int from = (int) Math.min(inOffset, bytes.length);
          int to = (int) Math.min(inOffset + length, bytes.length);
          write(out, Arrays.copyOfRange(bytes, from, to), -1);
          return (long) to - from;
        });
  }

  @Override
  public long ftruncate(int fd, long length) {
    return step(
        () -> {
          Opened opened = opened(fd);
          if ((opened.flags & O_ACCMODE) == O_RDONLY) {
            throw new Failure(UvError.EINVAL);
          }
          Node node = opened.node;
          node.change(Arrays.copyOf(node.bytes, (int) length));
        });
  }

  @Override
  public long fsync(int fd) {
    return step(() -> opened(fd));
  }

  @Override
  public long fdatasync(int fd) {
    return fsync(fd);
  }

  @Override
  public long fchmod(int fd, int mode) {
    return step(() -> opened(fd).node.mode = mode);
  }

  @Override
  public long fchown(int fd, long uid, long gid) {
    return fsync(fd);
  }

  @Override
  public long futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    return step(() -> setTime(opened(fd).node, mtime));
  }

  static void setTime(Node node, Uv.Timespec mtime) {
    if (!mtime.equals(FsTime.OMIT)) {
      node.modified = mtime.equals(FsTime.NOW) ? null : mtime;
    }
  }

  @Override
  public long fstat(int fd, FsAnswer answer) {
    return step(() -> answer.stat(statOf(opened(fd).node)));
  }

  /** What is not known of a file is 0, and a time that is not known is late. */
  static FsStat statOf(Node node) {
    int type =
        switch (node.kind) {
          case FILE -> FsStat.S_IFREG;
          case DIRECTORY -> FsStat.S_IFDIR;
          case LINK -> FsStat.S_IFLNK;
        };
    Uv.Timespec modified = node.modified != null ? node.modified : LATER;
    return new FsStat(
        0,
        type | node.mode,
        node.names,
        0,
        0,
        0,
        node.number,
        node.size(),
        0,
        0,
        0,
        0,
        NEVER,
        modified,
        NEVER,
        NEVER);
  }
}
