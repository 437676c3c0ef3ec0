// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.io.File;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Removes a tree: {@link FsTrees#removeTree}. */
final class TreeRemoval extends Traversal {
  /** What cannot be done with what must not be removed. */
  private static final String REMOVE = "remove";

  private final boolean missingAllowed;

  TreeRemoval(Loop loop, TreeOptions options) {
    super(loop, options);
    this.missingAllowed = options.isMissingAllowed();
  }

  @Override
  void admit(TreeEntry root, Consumer<@Nullable UvException> answer) {
    String name = PathNames.baseName(root.path());
    if (name.equals(".") || name.equals("..")) {
      answer.accept(UvError.EINVAL.exception(REMOVE, root.path()));
    } else if (root.stat().isDirectory()) {
      Fs.lstat(
          loop(),
          PathNames.withoutSlashes(root.path()),
          lstat -> admitDirectory(root, lstat, answer));
    } else {
      answer.accept(null);
    }
  }

  /** With a slash behind it, a link is the directory that it leads to, which nobody has named. */
  private void admitDirectory(
      TreeEntry root, FsRequest lstat, Consumer<@Nullable UvException> answer) {
    if (lstat.result() < 0) {
      answer.accept(lstat.error());
    } else if (lstat.stat().isSymbolicLink()) {
      answer.accept(UvError.ENOTDIR.exception(REMOVE, root.path()));
    } else {
      Fs.realpath(loop(), root.path(), realpath -> answer.accept(refusalOf(root, realpath)));
    }
  }

  /** Whatever it is called: the root of a file system is not removed. */
  private static @Nullable UvException refusalOf(TreeEntry root, FsRequest realpath) {
    if (realpath.result() < 0) {
      return realpath.error();
    }
    boolean isRoot = new File(Objects.requireNonNull(realpath.text())).getParent() == null;
    return isRoot ? UvError.EINVAL.exception(REMOVE, root.path()) : null;
  }

  /** What is gone already need not be removed. */
  @Override
  boolean minds(String path, boolean isRoot) {
    return isRoot && (!missingAllowed || path.isEmpty());
  }

  @Override
  Job jobFor(@Nullable DirectoryJob parent, TreeEntry entry) {
    return new Removal(this, parent, entry);
  }

  /** The removal of one entry: unlink, or scandir, everything in it, and rmdir. */
  private static final class Removal extends DirectoryJob {

    Removal(TreeRemoval tree, @Nullable DirectoryJob parent, TreeEntry entry) {
      super(tree, parent, entry);
    }

    @Override
    void start() {
      if (seen().isDirectory()) {
        Fs.scandir(loop(), path(), this::onListed);
      } else {
        Fs.unlink(loop(), path(), this::onRemoved);
      }
    }

    private void onListed(FsRequest scandir) {
      if (scandir.result() == UvError.EACCES.code()) {
        Fs.rmdir(loop(), path(), rmdir -> onUnlistedRemoved(scandir, rmdir));
      } else if (isGone(scandir) || failed(scandir, path())) {
        end();
      } else {
        open(scandir.entries());
      }
    }

    /** What may not be read may be empty all the same. */
    private void onUnlistedRemoved(FsRequest scandir, FsRequest rmdir) {
      if (rmdir.result() == 0 || isGone(rmdir)) {
        onRemoved(rmdir);
      } else {
        failed(scandir, path());
        end();
      }
    }

    /** A directory with something left in it is not tried: that it is not empty is known. */
    @Override
    void filled() {
      if (isLost() || isStopped()) {
        end();
      } else {
        Fs.rmdir(loop(), path(), this::onRemoved);
      }
    }

    private void onRemoved(FsRequest removal) {
      if (!isGone(removal) && !failed(removal, path())) {
        tree.done(entry, seen().isRegularFile() ? seen().size() : 0);
      }
      end();
    }

    private static boolean isGone(FsRequest request) {
      return request.result() == UvError.ENOENT.code();
    }
  }
}
