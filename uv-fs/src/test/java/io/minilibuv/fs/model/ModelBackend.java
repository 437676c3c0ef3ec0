// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import static io.minilibuv.fs.FsFlags.O_ACCMODE;
import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.model.ModelTree.Failure;
import io.minilibuv.fs.model.ModelTree.Kind;
import io.minilibuv.fs.model.ModelTree.Node;
import io.minilibuv.fs.model.ModelTree.Place;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A file system in memory, as short as it can be said what a system's calls do: for one thread, for
 * root, for what the model's paths and flags can ask.
 */
final class ModelBackend extends PartialBackend {
  private static final Uv.Timespec NEVER = new Uv.Timespec(0, 0);

  /** An open file: what was opened, how, and where it is read and written next. */
  private static final class Opened {
    final Node node;
    final int flags;
    long position;

    Opened(Node node, int flags) {
      this.node = node;
      this.flags = flags;
    }

    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    int access() {
      return flags & O_ACCMODE;
    }
  }

  private final ModelTree tree = new ModelTree();
  private final Map<Integer, Opened> table = new TreeMap<>();
  private final int umask;

  ModelBackend(int umask) {
    this.umask = umask;
  }

  private static long result(LongSupplier body) {
    try {
      return body.getAsLong();
    } catch (Failure e) {
      return e.error.code();
    }
  }

  private static long step(Runnable body) {
    return result(
        () -> {
          body.run();
          return 0;
        });
  }

  private Opened opened(int fd) {
    Opened opened = table.get(fd);
    if (opened == null) {
      throw new Failure(UvError.EBADF);
    }
    return opened;
  }

  private Node made(Kind kind, int mode, String text) {
    return new Node(kind, mode & ~umask, text);
  }

  @Override
  public long open(String path, int flags, int mode) {
    return result(
        () -> {
          boolean create = (flags & O_CREAT) != 0;
          boolean exclusive = create && (flags & O_EXCL) != 0;
          Place place = tree.find(path, !exclusive);
          if (exclusive) {
            place.requireFree();
          }
          if (create && place.node() == null) {
            place.put(made(Kind.FILE, mode, ""));
            place = tree.find(path, true);
          }
          Node node = place.required();
          boolean changes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC) != 0;
          if (node.kind == Kind.DIRECTORY && (create || changes)) {
            throw new Failure(UvError.EISDIR);
          }
          if ((flags & O_TRUNC) != 0) {
            node.bytes = new byte[0];
          }
          int fd = 3;
          while (table.containsKey(fd)) {
            fd++;
          }
          table.put(fd, new Opened(node, flags));
          return fd;
        });
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
          if (opened.access() == O_WRONLY) {
            throw new Failure(UvError.EBADF);
          }
          if (opened.node.kind == Kind.DIRECTORY) {
            throw new Failure(UvError.EISDIR);
          }
          byte[] bytes = opened.node.bytes;
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
          if (opened.access() == O_RDONLY) {
            throw new Failure(UvError.EBADF);
          }
          Node node = opened.node;
          long at = offset < 0 ? opened.position : offset;
          if (opened.has(O_APPEND)) {
            at = node.bytes.length;
          }
          long total = 0;
          for (ByteBuffer buffer : buffers) {
            int count = buffer.remaining();
            int end = (int) (at + total) + count;
            if (count > 0 && end > node.bytes.length) {
              node.bytes = Arrays.copyOf(node.bytes, end);
            }
            if (count > 0) {
              buffer.get(node.bytes, (int) (at + total), count);
            }
            total += count;
          }
          if (offset < 0 && total > 0) {
            opened.position = at + total;
          }
          return total;
        });
  }

  @Override
  public long ftruncate(int fd, long length) {
    return step(
        () -> {
          Opened opened = opened(fd);
          if (opened.access() == O_RDONLY) {
            throw new Failure(UvError.EINVAL);
          }
          opened.node.bytes = Arrays.copyOf(opened.node.bytes, (int) length);
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
  public long unlink(String path) {
    return step(
        () -> {
          Place place = tree.find(path, false);
          if (place.required().kind == Kind.DIRECTORY) {
            throw new Failure(UvError.EISDIR);
          }
          place.remove();
        });
  }

  @Override
  public long mkdir(String path, int mode) {
    return step(
        () -> {
          Place place = tree.find(path, false);
          place.requireFree();
          place.put(made(Kind.DIRECTORY, mode, ""));
        });
  }

  @Override
  public long rmdir(String path) {
    return step(
        () -> {
          Place place = tree.find(path, false);
          requireEmptyDirectory(place.required());
          place.remove();
        });
  }

  private static void requireEmptyDirectory(Node node) {
    if (node.kind != Kind.DIRECTORY) {
      throw new Failure(UvError.ENOTDIR);
    }
    if (!node.children.isEmpty()) {
      throw new Failure(UvError.ENOTEMPTY);
    }
  }

  @Override
  public long scandir(String path, FsAnswer answer) {
    return result(
        () -> {
          Node node = tree.find(path, true).required();
          if (node.kind != Kind.DIRECTORY) {
            throw new Failure(UvError.ENOTDIR);
          }
          answer.entries(
              node.children.entrySet().stream()
                  .map(entry -> new Dirent(entry.getKey(), typeOf(entry.getValue())))
                  .toList());
          return node.children.size();
        });
  }

  private static DirentType typeOf(Node node) {
    return switch (node.kind) {
      case FILE -> DirentType.FILE;
      case DIRECTORY -> DirentType.DIR;
      case LINK -> DirentType.LINK;
    };
  }

  @Override
  public long stat(String path, FsAnswer answer) {
    return step(() -> answer.stat(statOf(tree.find(path, true).required())));
  }

  @Override
  public long lstat(String path, FsAnswer answer) {
    return step(() -> answer.stat(statOf(tree.find(path, false).required())));
  }

  @Override
  public long fstat(int fd, FsAnswer answer) {
    return step(() -> answer.stat(statOf(opened(fd).node)));
  }

  private static FsStat statOf(Node node) {
    int type =
        switch (node.kind) {
          case FILE -> FsStat.S_IFREG;
          case DIRECTORY -> FsStat.S_IFDIR;
          case LINK -> FsStat.S_IFLNK;
        };
    return new FsStat(
        0,
        type | node.mode,
        node.names,
        0,
        0,
        0,
        0,
        node.size(),
        0,
        0,
        0,
        0,
        NEVER,
        NEVER,
        NEVER,
        NEVER);
  }

  @Override
  public long rename(String path, String newPath) {
    return step(
        () -> {
          Place from = tree.find(path, false);
          Place to = tree.find(newPath, false);
          Node moved = from.required();
          Node there = to.node();
          if (moved.holds(to.directory())) {
            throw new Failure(UvError.EINVAL);
          }
          if (there != null && there.kind == Kind.DIRECTORY && there.holds(from.directory())) {
            throw new Failure(UvError.ENOTEMPTY);
          }
          if (moved == there) {
            return;
          }
          if (there != null) {
            if (moved.kind == Kind.DIRECTORY) {
              requireEmptyDirectory(there);
            } else if (there.kind == Kind.DIRECTORY) {
              throw new Failure(UvError.EISDIR);
            }
            to.remove();
          }
          from.remove();
          to.put(moved);
        });
  }

  @Override
  public long access(String path, int mode) {
    return step(() -> tree.find(path, true).required());
  }

  @Override
  public long chmod(String path, int mode) {
    return step(() -> tree.find(path, true).required().mode = mode);
  }

  @Override
  public long fchmod(int fd, int mode) {
    return step(() -> opened(fd).node.mode = mode);
  }

  @Override
  public long link(String path, String newPath) {
    return step(
        () -> {
          Node node = tree.find(path, false).required();
          Place place = tree.find(newPath, false);
          place.requireFree();
          if (node.kind == Kind.DIRECTORY) {
            throw new Failure(UvError.EPERM);
          }
          place.put(node);
        });
  }

  @Override
  public long symlink(String path, String newPath) {
    return step(
        () -> {
          Place place = tree.find(newPath, false);
          place.requireFree();
          place.put(new Node(Kind.LINK, 0777, path));
        });
  }

  @Override
  public long readlink(String path, FsAnswer answer) {
    return step(
        () -> {
          Node node = tree.find(path, false).required();
          if (node.kind != Kind.LINK) {
            throw new Failure(UvError.EINVAL);
          }
          answer.text(node.text);
        });
  }
}
