// SPDX-License-Identifier: MIT
package io.minilibuv.fs.futures;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.FsFlags;
import java.nio.ByteBuffer;

/**
 * Whole files, read and written by several requests each. libuv has no such thing; Node.js has, in
 * {@code fs/promises}.
 *
 * <p>On the loop's thread, which must be run for anything to come of it. A chunk of 256 KiB is
 * carried at a time, so that other requests get their turn between them, and a {@link
 * FsTask#cancel} is heard.
 *
 * <p>What fails completes the future with {@link io.minilibuv.core.UvException}: the call that
 * failed, and the path as it was given here. What was opened is closed before that.
 */
public final class FsFiles {
  private FsFiles() {}

  /**
   * Reads all that {@code path} holds.
   *
   * <p>A file that grows or shrinks meanwhile is read as it is found, up to where nothing more
   * comes.
   *
   * <p>Fails with ENOENT, EISDIR, EACCES and others; with EFBIG if the file does not fit into an
   * array, and ENOMEM if there is no memory for it.
   */
  public static FsTask<byte[]> readFile(Loop loop, String path) {
    return new FileRead(loop, path).start();
  }

  /**
   * Makes {@code path} hold {@code content} and nothing else; a new file gets the permissions 0666,
   * less the umask.
   *
   * <p>If this fails or is cancelled, the file holds a part, or nothing: {@link
   * #writeFileAtomically} does not do that.
   *
   * @param content from its position to its limit, which do not move. The bytes must not change
   *     until this is done
   */
  public static FsTask<Void> writeFile(Loop loop, String path, ByteBuffer content) {
    return writeFile(loop, path, content, O_WRONLY | O_CREAT | O_TRUNC, 0666);
  }

  /**
   * {@link #writeFile(Loop, String, ByteBuffer)} with flags and permissions of the caller's, to
   * append for one.
   *
   * @param flags {@link FsFlags}
   * @param mode permissions of a file that is created, less the umask
   */
  public static FsTask<Void> writeFile(
      Loop loop, String path, ByteBuffer content, int flags, int mode) {
    return new FileWrite(loop, path, content).start(flags, mode);
  }

  /**
   * Replaces what {@code path} holds by {@code content}, at once and whole: whoever opens it finds
   * the old content or the new, also after a crash.
   *
   * <p>The bytes go into a hidden file beside it, {@code .NAME.RANDOM.tmp}, which is brought to the
   * disk and then takes the name. If this fails or is cancelled before that, it is removed, and
   * nothing has happened. After it, {@code cancel} is false.
   *
   * <p>The new file has the permissions of the old one, and its owner if the process may give files
   * away; else at least its group, or, if that cannot be either, no more rights for the new group
   * than everybody has. Access control lists and extended attributes are not kept, and other names
   * of the old file, hard links, keep the old content. A symbolic link is followed, and what it
   * leads to is replaced; one that leads nowhere is itself replaced. A file that may not be written
   * is replaced all the same: what counts is the directory.
   *
   * <p>That the new name is on the disk too is asked for, but only an input/output error is told:
   * not every system can do it for a directory.
   *
   * <p>Fails with EACCES if the directory may not be written, EISDIR for a directory, ENOTSUP for a
   * device or a FIFO, and others.
   *
   * @param content from its position to its limit, which do not move. The bytes must not change
   *     until this is done
   */
  public static FsTask<Void> writeFileAtomically(Loop loop, String path, ByteBuffer content) {
    return new AtomicWrite(loop, path, content).start();
  }
}
