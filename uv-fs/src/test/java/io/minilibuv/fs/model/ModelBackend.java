// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.O_ACCMODE;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_DIRECTORY;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_NOFOLLOW;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.X_OK;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.model.ModelTree.Failure;
import io.minilibuv.fs.model.ModelTree.Kind;
import io.minilibuv.fs.model.ModelTree.Node;
import io.minilibuv.fs.model.ModelTree.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system in memory, as short as it can be said what a system's calls do: for one thread, for
 * root, for what the model's paths and flags can ask.
 */
final class ModelBackend extends ModelDescriptors {
  private final ModelTree tree = new ModelTree();
  private final int umask;

  /** An open directory: what is left of it. */
  private record OpenDirectory(List<Dirent> left) implements FsDir {}

  ModelBackend(int umask) {
    this.umask = umask;
  }

  @Override
  public long open(String path, int flags, int mode) {
    return result(
        () -> {
          Node node = opened(path, flags, mode & ~umask);
          boolean changes = (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC) != 0;
          if (node.kind == Kind.DIRECTORY && changes) {
            throw new Failure(UvError.EISDIR);
          }
          if ((flags & O_TRUNC) != 0) {
            node.change(new byte[0]);
          }
          return add(node, flags);
        });
  }

  /** What an open finds or makes. */
  private Node opened(String path, int flags, int mode) {
    boolean create = (flags & O_CREAT) != 0;
    boolean exclusive = create && (flags & O_EXCL) != 0;
    boolean follow = (flags & O_NOFOLLOW) == 0 && !exclusive;
    if (!create) {
      Node node = tree.find(path, follow);
      if ((flags & O_DIRECTORY) != 0) {
        node.required(Kind.DIRECTORY, UvError.ENOTDIR);
      }
      return notALink(node);
    }
    // A slash is refused before anybody looks where a link leads.
    Place place = tree.place(path, follow && !path.endsWith("/"));
    if (place.slash()) {
      throw new Failure(exclusive && place.isDots() ? UvError.EEXIST : UvError.EISDIR);
    }
    if (exclusive) {
      place.requireFree();
    }
    if (place.isDots()) {
      throw new Failure(UvError.EISDIR);
    }
    if (place.node() == null) {
      Node made = tree.make(Kind.FILE, mode, "");
      place.put(made);
      return made;
    }
    Node node = notALink(place.required());
    if (node.kind == Kind.DIRECTORY) {
      throw new Failure(UvError.EISDIR);
    }
    return node;
  }

  private static Node notALink(Node node) {
    if (node.kind == Kind.LINK) {
      throw new Failure(UvError.ELOOP);
    }
    return node;
  }

  @Override
  public long unlink(String path) {
    return step(
        () -> {
          Place place = tree.place(path, false);
          if (place.required().kind == Kind.DIRECTORY) {
            throw new Failure(UvError.EISDIR);
          }
          if (place.slash()) {
            throw new Failure(UvError.ENOTDIR);
          }
          place.remove();
        });
  }

  @Override
  public long mkdir(String path, int mode) {
    return step(
        () -> {
          Place place = tree.place(path, false);
          place.requireFree();
          place.put(tree.make(Kind.DIRECTORY, mode & ~umask, ""));
        });
  }

  @Override
  public long rmdir(String path) {
    return step(
        () -> {
          Place place = tree.place(path, false);
          if (place.isDots()) {
            throw new Failure(place.name().equals(".") ? UvError.EINVAL : UvError.ENOTEMPTY);
          }
          requireEmptyDirectory(place.required());
          place.remove();
        });
  }

  private static void requireEmptyDirectory(Node node) {
    node.required(Kind.DIRECTORY, UvError.ENOTDIR);
    if (!node.children.isEmpty()) {
      throw new Failure(UvError.ENOTEMPTY);
    }
  }

  @Override
  public long scandir(String path, FsAnswer answer) {
    return result(
        () -> {
          List<Dirent> entries = entries(path);
          answer.entries(entries);
          return entries.size();
        });
  }

  private List<Dirent> entries(String path) {
    return tree
        .find(path, true)
        .required(Kind.DIRECTORY, UvError.ENOTDIR)
        .children
        .entrySet()
        .stream()
        .map(entry -> new Dirent(entry.getKey(), typeOf(entry.getValue())))
        .toList();
  }

  private static DirentType typeOf(Node node) {
    return switch (node.kind) {
      case FILE -> DirentType.FILE;
      case DIRECTORY -> DirentType.DIR;
      case LINK -> DirentType.LINK;
    };
  }

  @Override
  public long opendir(String path, FsAnswer answer) {
    return step(() -> answer.dir(new OpenDirectory(new ArrayList<>(entries(path)))));
  }

  @Override
  public long readdir(FsDir dir, int count, FsAnswer answer) {
    List<Dirent> left = ((OpenDirectory) dir).left;
    List<Dirent> some = left.subList(0, Math.min(count, left.size()));
    answer.entries(some);
    some.clear();
    return answer.entries().size();
  }

  @Override
  public long closedir(FsDir dir) {
    return 0;
  }

  @Override
  public long stat(String path, FsAnswer answer) {
    return step(() -> answer.stat(statOf(tree.find(path, true))));
  }

  @Override
  public long lstat(String path, FsAnswer answer) {
    return step(() -> answer.stat(statOf(tree.find(path, false))));
  }

  @Override
  public long realpath(String path, FsAnswer answer) {
    return step(() -> answer.text(realpath(path)));
  }

  /** The last name is the one it was found by, since a file may have several. */
  private String realpath(String path) {
    Node node = tree.find(path, true);
    if (node.kind == Kind.DIRECTORY) {
      return tree.pathOf(node);
    }
    Place place = tree.place(path, true);
    return tree.pathOf(place.directory()) + "/" + place.name();
  }

  @Override
  public long rename(String path, String newPath) {
    return step(
        () -> {
          Place from = tree.place(path, false);
          Place to = tree.place(newPath, false);
          if (from.isDots() || to.isDots()) {
            throw new Failure(UvError.EBUSY);
          }
          Node moved = from.required();
          if (moved.kind != Kind.DIRECTORY && (from.slash() || to.slash())) {
            throw new Failure(UvError.ENOTDIR);
          }
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
    return step(
        () -> {
          Node node = tree.find(path, true);
          // All that root may not.
          if ((mode & X_OK) != 0 && node.kind == Kind.FILE && (node.mode & 0111) == 0) {
            throw new Failure(UvError.EACCES);
          }
        });
  }

  @Override
  public long chmod(String path, int mode) {
    return step(() -> tree.find(path, true).mode = mode);
  }

  @Override
  public long chown(String path, long uid, long gid) {
    return step(() -> tree.find(path, true));
  }

  @Override
  public long lchown(String path, long uid, long gid) {
    return step(() -> tree.find(path, false));
  }

  @Override
  public long utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return step(() -> setTime(tree.find(path, true), mtime));
  }

  @Override
  public long lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return step(() -> setTime(tree.find(path, false), mtime));
  }

  @Override
  public long link(String path, String newPath) {
    return step(
        () -> {
          Node node = tree.find(path, false);
          Place place = placeOfNoDirectory(newPath);
          if (node.kind == Kind.DIRECTORY) {
            throw new Failure(UvError.EPERM);
          }
          place.put(node);
        });
  }

  @Override
  public long symlink(String path, String newPath) {
    return step(() -> placeOfNoDirectory(newPath).put(tree.make(Kind.LINK, 0777, path)));
  }

  /** Where something is to be made that is no directory. */
  private Place placeOfNoDirectory(String path) {
    Place place = tree.place(path, false);
    place.requireFree();
    if (place.slash()) {
      throw new Failure(UvError.ENOENT);
    }
    return place;
  }

  @Override
  public long readlink(String path, FsAnswer answer) {
    return step(() -> answer.text(tree.find(path, false).required(Kind.LINK, UvError.EINVAL).text));
  }

  @Override
  public long copyfile(String path, String newPath, int flags) {
    return step(
        () -> {
          Node source = tree.find(path, true);
          int exclusive = (flags & COPYFILE_EXCL) != 0 ? O_EXCL : 0;
          long before = tree.made();
          Node target = opened(newPath, O_CREAT | exclusive, source.mode);
          if (source.kind == Kind.DIRECTORY) {
            if (target.number > before) {
              tree.place(newPath, true).remove();
            }
            throw new Failure(UvError.EISDIR);
          }
          if (target == source) {
            return;
          }
          target.mode = source.mode;
          target.bytes = source.bytes.clone();
          // The times are copied first, and then the content.
          target.modified = source.bytes.length > 0 ? null : source.modified;
        });
  }
}
