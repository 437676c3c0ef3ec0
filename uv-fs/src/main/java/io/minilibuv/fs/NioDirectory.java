// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An open directory of {@link NioFsBackend}. */
final class NioDirectory implements FsDir, AutoCloseable {
  /** Held while it is read or closed: the iterator is not made for several threads. */
  private final ReentrantLock lock = new ReentrantLock();

  private final DirectoryStream<Path> stream;

  /*
   * The same, if its entries can be looked at from there. By their paths they might be others'
   * meanwhile, if the directory has been given another name. Null where that is not possible.
   */
  private final @Nullable SecureDirectoryStream<Path> inside;

  private final Iterator<Path> entries;
  private boolean closed;

  private NioDirectory(DirectoryStream<Path> stream) {
    this.stream = stream;
    this.inside = stream instanceof SecureDirectoryStream<Path> secure ? secure : null;
    this.entries = stream.iterator();
  }

  /** Opens {@code path}. */
  @SuppressWarnings("StreamResourceLeak") // closedir closes it
  static NioDirectory open(Path path) throws IOException {
    // The JDK opens whatever it is to see what it is, and would wait for the writer of a pipe.
    if (!Files.readAttributes(path, BasicFileAttributes.class).isDirectory()) {
      throw new ErrnoException(UvError.ENOTDIR);
    }
    return new NioDirectory(Files.newDirectoryStream(path));
  }

  /** The next entries, {@code count} at most; none at the end. */
  List<Dirent> read(int count) throws IOException {
    List<Dirent> found = new ArrayList<>();
    lock.lock();
    try {
      requireOpen();
      while (found.size() < count && entries.hasNext()) {
        found.add(direntOf(entries.next()));
      }
    } finally {
      lock.unlock();
    }
    return found;
  }

  /** All entries that are left, in the order of a sorted listing. */
  List<Dirent> readSorted() throws IOException {
    List<Path> paths = new ArrayList<>();
    lock.lock();
    try {
      requireOpen();
      entries.forEachRemaining(paths::add);
      if (NioAttributes.UNIX) {
        // By their bytes, which text may not tell apart.
        Collections.sort(paths);
      }
      List<Dirent> found = new ArrayList<>(paths.size());
      for (Path path : paths) {
        found.add(direntOf(path));
      }
      if (!NioAttributes.UNIX) {
        found.sort(Dirent.BY_NAME);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new ErrnoException(UvError.EBADF);
    }
  }

  /** Idempotent. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
      stream.close();
    } finally {
      lock.unlock();
    }
  }

  private Dirent direntOf(Path entry) {
    Path name = entry.getFileName();
    return new Dirent(name.toString(), typeOf(entry, name));
  }

  /** What kind it is. The directory knows, but Java does not show it: this looks at the entry. */
  private DirentType typeOf(Path entry, Path name) {
    try {
      BasicFileAttributes found = look(entry, name);
      if (found.isRegularFile()) {
        return DirentType.FILE;
      }
      if (found.isDirectory()) {
        return DirentType.DIR;
      }
      return found.isSymbolicLink() ? DirentType.LINK : NioAttributes.typeOfOther(entry, found);
    } catch (IOException e) {
      return DirentType.UNKNOWN;
    }
  }

  private BasicFileAttributes look(Path entry, Path name) throws IOException {
    return inside == null
        ? NioPaths.attributesOfName(entry)
        : inside
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
  }
}
