// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.futures.FsTask;
import java.util.Objects;

/**
 * Operations on whole trees, each made of many requests. libuv has no such thing.
 *
 * <p>On the loop's thread, which must be run for anything to come of it. The future is completed on
 * that thread: with a result, also if some entries have failed; with {@link
 * io.minilibuv.core.UvException} if nothing was done, since the root cannot be looked at or the
 * operation was refused; with what a visitor or a listener has thrown.
 *
 * <p>{@link FsTask#cancel} lets the requests that are under way come back, and begins no others but
 * to take back what is half made; then the future is cancelled. What was done stays done. A loop
 * that is shut down cancels its operations.
 *
 * <p>Symbolic links are entries like any other and are never followed, the root included, unless
 * that is given with a slash at its end, which means the directory behind the link. The names
 * within a tree are taken as the directories list them. On {@code java.nio}, one that has no form
 * in Java's strings (in bytes that are no UTF-8, for one) cannot be asked for, and is a failure.
 *
 * <p>There is no defence against somebody who puts a link in a directory's place while the
 * operation is in it: the calls go by path. Do not remove, as another user, trees that somebody
 * hostile can write to.
 */
public final class FsTrees {
  private FsTrees() {}

  /** {@link #walkTree(Loop, String, TreeOptions, TreeVisitor)} as it is done usually. */
  public static FsTask<TreeResult> walkTree(Loop loop, String root, TreeVisitor visitor) {
    return walkTree(loop, root, new TreeOptions(), visitor);
  }

  /**
   * Shows {@code visitor} everything that {@code root} names: a directory and all that is in it,
   * whatever it is.
   *
   * <p>A directory is entered before its contents, and left after them. Otherwise there is no
   * order, but for a concurrency of 1: then the contents of a directory come in the order of their
   * names' bytes, each with its own contents before the next.
   *
   * <p>The result counts what was entered. An entry that is gone when it is looked at, or a
   * directory that is gone or forbidden when it is to be read, is a failure.
   */
  public static FsTask<TreeResult> walkTree(
      Loop loop, String root, TreeOptions options, TreeVisitor visitor) {
    return new TreeWalk(loop, options, visitor).start(root);
  }

  /** {@link #removeTree(Loop, String, TreeOptions)} as it is done usually. */
  public static FsTask<TreeResult> removeTree(Loop loop, String path) {
    return removeTree(loop, path, new TreeOptions());
  }

  /**
   * Removes what {@code path} names, be it a directory with all that is in it ({@code rm -r}). A
   * directory is removed after its contents, and stays, without a failure of its own, if some of
   * them have failed.
   *
   * <p>What somebody else removes meanwhile is neither a failure nor counted.
   *
   * <p>Refused with EINVAL for the root of a file system, and for a path that ends in {@code .} or
   * {@code ..}; with ENOTDIR for a link with a slash behind it; an empty path is ENOENT. What is
   * not there is ENOENT too, unless {@link TreeOptions#allowMissing} says otherwise.
   */
  public static FsTask<TreeResult> removeTree(Loop loop, String path, TreeOptions options) {
    return new TreeRemoval(loop, options).start(path);
  }

  /** {@link #copyTree(Loop, String, String, TreeOptions)} as it is done usually. */
  public static FsTask<TreeResult> copyTree(Loop loop, String source, String target) {
    return copyTree(loop, source, target, new TreeOptions());
  }

  /**
   * Copies what {@code source} names, be it a directory with all that is in it.
   *
   * <p>The bytes of a file go into a file of a temporary name beside its target, {@code
   * .NAME.uv-PID-N.tmp}, which takes the target's place when it is whole: a file that was there
   * before survives a failure. A target that is a link to a file is that file. One that is a device
   * or a FIFO is written to as it is, and so is what is below {@code /dev} and {@code /proc}. A
   * directory that is there already is filled up, a link replaced.
   *
   * <p>Modes and times are kept, set-id bits only for who owns the copy; owners, hard links, holes
   * and extended attributes are not. Devices, FIFOs and sockets are ENOTSUP. A file that grows or
   * shrinks meanwhile is copied as it is found, without a hole and up to where it ends when the end
   * is read. A target that may not be written is replaced all the same: what counts is its
   * directory.
   *
   * <p>A copy that has ended early, even by the end of the process, leaves only whole files, but
   * for some of a temporary name. {@link TreeOptions#resume} goes on where it was.
   *
   * <p>Refused with EINVAL if a directory were copied into itself or onto itself.
   *
   * @param target the name of the copy itself, not of a directory to put it into; its parent must
   *     be there
   */
  public static FsTask<TreeResult> copyTree(
      Loop loop, String source, String target, TreeOptions options) {
    return new TreeCopy(loop, options, Objects.requireNonNull(target, "target")).start(source);
  }
}
