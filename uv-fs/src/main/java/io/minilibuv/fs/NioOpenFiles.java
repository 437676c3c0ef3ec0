// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.StandardOpenOption.WRITE;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Opens files as {@code open(2)} does, and finds them again for what {@code java.nio} does only by
 * path.
 */
final class NioOpenFiles {
  /**
   * Where Linux shows what a process has open; a file can be reached there when its name is gone.
   */
  private static final Path OPEN_IN_PROCESS = Path.of("/proc/self/fd");

  private static final int SPECIAL_BITS = 07000;

  private NioOpenFiles() {}

  /** Opens a file: {@link FsBackend#open}. */
  static OpenFile open(String text, int flags, int mode) throws IOException {
    boolean creates = (flags & FsFlags.O_CREAT) != 0;
    // What is created is refused a slash, whatever is there.
    Path path = creates ? NioPaths.named(text) : NioPaths.resolved(text);
    OpenRequest request = new OpenRequest(path, flags, mode);
    check(text, request);
    while (true) {
      try {
        return open(request);
      } catch (OpenRequest.VanishedException e) {
        // So it is to be created.
      }
    }
  }

  private static OpenFile open(OpenRequest asked) throws IOException {
    Path path = asked.path();
    int special = asked.mode() & SPECIAL_BITS;
    if (special != 0 && !(asked.has(FsFlags.O_CREAT) && Files.notExists(path))) {
      special = 0;
    }
    // A pipe or device has no end to write at, and opening a pipe twice might wait.
    boolean appends = asked.appends() && !isStream(asked.look());
    OpenRequest request = appends ? asked : asked.without(FsFlags.O_APPEND);
    NioChannels channels = NioChannels.open(request);
    boolean opened = false;
    try {
      NioAttributes.addSpecialBits(path, special);
      FsStat stat = statOf(path);
      refuseDirectory(request, stat);
      FileChannel writer = channels.writer();
      if (writer != null && !appends && request.reads() && isStream(stat)) {
        writer = openAnotherToWrite(request, writer);
      }
      opened = true;
      return new ChannelFile(channels.reader(), writer, appends, path.toAbsolutePath(), stat);
    } finally {
      if (!opened) {
        channels.close();
      }
    }
  }

  private static void check(String text, OpenRequest request) throws IOException {
    if ((request.flags() & FsFlags.O_ACCMODE) == FsFlags.O_ACCMODE) {
      throw new ErrnoException(UvError.EINVAL);
    }
    if (request.has(FsFlags.O_CREAT)) {
      NioPaths.refuseSlashOfFile(text, request.has(FsFlags.O_EXCL));
      if (request.has(FsFlags.O_EXCL)) {
        NioPaths.requireWayToDot(request.path());
      }
    }
    if (request.has(FsFlags.O_DIRECTORY)) {
      if (request.has(FsFlags.O_CREAT)) {
        throw new ErrnoException(UvError.EINVAL);
      }
      if (!NioAttributes.stat(request.path(), request.links()).isDirectory()) {
        throw new ErrnoException(UvError.ENOTDIR);
      }
    }
  }

  /** Fails with EISDIR if a directory is there where a file was to be created. */
  static void refuseDirectory(OpenRequest request, @Nullable FsStat stat) throws IOException {
    if (stat != null && stat.isDirectory() && request.has(FsFlags.O_CREAT)) {
      throw new ErrnoException(UvError.EISDIR);
    }
  }

  /** What is at {@code path}; null if its name is gone already, or was never to be seen. */
  static @Nullable FsStat statOf(Path path, LinkOption... options) {
    try {
      return NioAttributes.stat(path, options);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isStream(@Nullable FsStat stat) {
    return stat != null && !stat.hasPosition();
  }

  /**
   * A channel lets one thread in at a time: who waits for input would keep the others from writing.
   */
  private static FileChannel openAnotherToWrite(OpenRequest request, FileChannel both) {
    try {
      return request.open(WRITE);
    } catch (IOException e) {
      // A device that only one can open.
      return both;
    }
  }

  /**
   * A path that leads to {@code file} now, although its name may be gone or another file's.
   *
   * @throws ErrnoException ENOSYS if there is none that this system would show
   */
  static Path locate(OpenFile file) throws IOException {
    if (file instanceof StandardStream stream) {
      if (!NioAttributes.UNIX) {
        throw new ErrnoException(UvError.ENOSYS);
      }
      return Path.of("/dev/fd/" + stream.fd());
    }
    Path path = Objects.requireNonNull(file.path, "path");
    FsStat opened = file.opened;
    if (opened == null || !NioAttributes.UNIX) {
      return path;
    }
    FsStat now = statOf(path);
    if (now != null && now.isSameFileAs(opened)) {
      return path;
    }
    return locateInProcess(opened);
  }

  /** All that is known about {@code file} ({@code fstat}). */
  static FsStat stat(OpenFile file) throws IOException {
    Path path;
    try {
      path = locate(file);
    } catch (ErrnoException e) {
      FsStat opened = file.opened;
      if (opened == null) {
        throw e;
      }
      // What it was when it was opened, but for what the channel knows; its name is gone.
      return opened.nameless(file.size());
    }
    return NioAttributes.stat(path);
  }

  /**
   * Sets the length as {@code ftruncate(2)} does, which a channel does only to make it less: by the
   * path, since only {@link RandomAccessFile} calls it. Times change even if the length does not.
   *
   * @return whether it did; not if the file is gone from its path, or may not be opened so
   */
  static boolean setLength(OpenFile file, long length) throws IOException {
    FsStat opened = file.opened;
    if (opened == null || !NioAttributes.UNIX) {
      return false;
    }
    Path path;
    RandomAccessFile again;
    try {
      path = locate(file);
      again = new RandomAccessFile(path.toFile(), "rw");
    } catch (IOException e) {
      return false;
    }
    try (again) {
      FsStat now = statOf(path);
      if (now == null || !now.isSameFileAs(opened)) {
        // Another took the name meanwhile, and is not to be cut.
        return false;
      }
      again.setLength(length);
      return true;
    }
  }

  private static Path locateInProcess(FsStat wanted) throws IOException {
    if (FsErrors.LINUX) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(OPEN_IN_PROCESS)) {
        for (Path candidate : all) {
          FsStat found = statOf(candidate);
          if (found != null && found.isSameFileAs(wanted)) {
            return candidate;
          }
        }
      }
    }
    throw new ErrnoException(UvError.ENOSYS);
  }
}
