// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
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

  /** The arguments of one open. */
  private record Request(Path path, int flags, int mode) {

    boolean has(int flag) {
      return (flags & flag) != 0;
    }

    boolean reads() {
      return (flags & FsFlags.O_ACCMODE) != FsFlags.O_WRONLY;
    }

    boolean writes() {
      return (flags & FsFlags.O_ACCMODE) != FsFlags.O_RDONLY;
    }

    boolean appends() {
      return writes() && has(FsFlags.O_APPEND);
    }

    FileChannel open(OpenOption... with) throws IOException {
      Set<OpenOption> options = new HashSet<>(Set.of(with));
      if (has(FsFlags.O_NOFOLLOW)) {
        options.add(LinkOption.NOFOLLOW_LINKS);
      }
      if ((flags & FsFlags.O_SYNC) == FsFlags.O_SYNC) {
        options.add(StandardOpenOption.SYNC);
      } else if (has(FsFlags.O_DSYNC)) {
        options.add(StandardOpenOption.DSYNC);
      }
      return has(FsFlags.O_CREAT)
          ? FileChannel.open(path, options, NioAttributes.forCreation(mode))
          : FileChannel.open(path, options);
    }

    /** Opens what was there a moment ago. */
    FileChannel openAgain(OpenOption... with) throws IOException {
      try {
        return open(with);
      } catch (NoSuchFileException e) {
        throw has(FsFlags.O_CREAT) ? new VanishedException() : e;
      }
    }
  }

  /**
   * What was to be created was there, and was removed before it was open: in C, where that is one
   * step, nobody can come in between.
   */
  private static final class VanishedException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Opens a file: {@link FsBackend#open}. */
  static OpenFile open(String text, int flags, int mode) throws IOException {
    Path path = NioPaths.resolved(text);
    Request request = new Request(path, flags, mode);
    check(text, request);
    while (true) {
      try {
        return open(request);
      } catch (VanishedException e) {
        // So it is to be created.
      }
    }
  }

  private static OpenFile open(Request request) throws IOException {
    Path path = request.path;
    int special = request.mode & SPECIAL_BITS;
    if (special != 0 && !(request.has(FsFlags.O_CREAT) && Files.notExists(path))) {
      special = 0;
    }
    FileChannel reader = null;
    FileChannel writer = null;
    boolean opened = false;
    try {
      if (request.appends()) {
        writer = openToAppend(request);
        reader = request.reads() ? request.openAgain(READ) : null;
      } else if (request.writes()) {
        writer = openToWrite(request);
        reader = request.reads() ? writer : null;
      } else {
        reader = openToRead(request);
      }
      NioAttributes.addSpecialBits(path, special);
      FsStat stat = statOf(path);
      checkOpened(request, stat);
      if (writer != null && !request.appends() && request.reads() && isStream(stat)) {
        writer = openAnotherToWrite(request, writer);
      }
      opened = true;
      return new ChannelFile(reader, writer, request.appends(), path.toAbsolutePath(), stat);
    } finally {
      if (!opened) {
        closeAll(reader, writer);
      }
    }
  }

  private static void check(String text, Request request) throws IOException {
    if ((request.flags & FsFlags.O_ACCMODE) == FsFlags.O_ACCMODE) {
      throw new ErrnoException(UvError.EINVAL);
    }
    if (request.has(FsFlags.O_CREAT)) {
      NioPaths.refuseSlashOfFile(text);
      if (request.has(FsFlags.O_EXCL)) {
        NioPaths.requireWayToDot(request.path);
      }
    }
    if (request.has(FsFlags.O_DIRECTORY)) {
      if (request.has(FsFlags.O_CREAT)) {
        throw new ErrnoException(UvError.EINVAL);
      }
      if (!NioAttributes.stat(request.path).isDirectory()) {
        throw new ErrnoException(UvError.ENOTDIR);
      }
    }
  }

  private static void checkOpened(Request request, @Nullable FsStat stat) throws IOException {
    if (stat != null && stat.isDirectory() && request.has(FsFlags.O_CREAT)) {
      throw new ErrnoException(UvError.EISDIR);
    }
  }

  /** What was just opened; null if its name is gone already, or was never to be seen. */
  private static @Nullable FsStat statOf(Path path) {
    try {
      return NioAttributes.stat(path);
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
  private static FileChannel openAnotherToWrite(Request request, FileChannel both) {
    try {
      return request.open(WRITE);
    } catch (IOException e) {
      // A device that only one can open.
      return both;
    }
  }

  private static FileChannel openToWrite(Request request) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(WRITE));
    if (request.reads()) {
      options.add(READ);
    }
    if (request.has(FsFlags.O_TRUNC)) {
      options.add(TRUNCATE_EXISTING);
    }
    addCreation(request, options);
    return request.open(options.toArray(OpenOption[]::new));
  }

  /** The JDK cannot both read and append through one channel, nor truncate and append. */
  private static FileChannel openToAppend(Request request) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(APPEND));
    addCreation(request, options);
    FileChannel channel = request.open(options.toArray(OpenOption[]::new));
    if (request.has(FsFlags.O_TRUNC)) {
      try {
        channel.truncate(0);
      } catch (IOException e) {
        closeAll(channel, null);
        throw e;
      }
    }
    return channel;
  }

  /** The JDK can neither create nor truncate what it only reads. */
  private static FileChannel openToRead(Request request) throws IOException {
    if (request.has(FsFlags.O_CREAT)) {
      try {
        return request.open(READ, WRITE, CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        if (request.has(FsFlags.O_EXCL)) {
          throw e;
        }
        // Told before it is told that it may not be read.
        checkOpened(request, statOf(request.path));
      }
    }
    try {
      if (request.has(FsFlags.O_TRUNC)) {
        request.open(WRITE, TRUNCATE_EXISTING).close();
      }
      return request.open(READ);
    } catch (NoSuchFileException e) {
      if (!request.has(FsFlags.O_CREAT)) {
        throw e;
      }
      // A link that leads to nothing is there, and what it leads to is not.
      request.open(WRITE, CREATE).close();
      return request.openAgain(READ);
    }
  }

  private static void addCreation(Request request, Set<OpenOption> options) {
    if (request.has(FsFlags.O_CREAT)) {
      options.add(request.has(FsFlags.O_EXCL) ? CREATE_NEW : CREATE);
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

  private static void closeAll(@Nullable FileChannel reader, @Nullable FileChannel writer)
      throws IOException {
    if (reader != null) {
      reader.close();
    }
    if (writer != null) {
      writer.close();
    }
  }
}
