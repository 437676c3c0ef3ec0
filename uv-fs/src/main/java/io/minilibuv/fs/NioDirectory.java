// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** An open directory of {@link NioFsBackend}. */
final class NioDirectory implements FsDir, AutoCloseable {
  /** Held while it is read or closed: the iterator is not made for several threads. */
  private final ReentrantLock lock = new ReentrantLock();

  private final DirectoryStream<Path> stream;
  private final Iterator<Path> entries;
  private boolean closed;

  private NioDirectory(DirectoryStream<Path> stream) {
    this.stream = stream;
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
      if (closed) {
        throw new ErrnoException(UvError.EBADF);
      }
      while (found.size() < count && entries.hasNext()) {
        found.add(direntOf(entries.next()));
      }
    } finally {
      lock.unlock();
    }
    return found;
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

  private static Dirent direntOf(Path entry) {
    return new Dirent(entry.getFileName().toString(), NioAttributes.typeOf(entry));
  }
}
