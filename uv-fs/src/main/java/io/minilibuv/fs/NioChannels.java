// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a file that is being opened.
 *
 * <p>What takes {@code open(2)} one step can take more here. Nothing is cut off before all of them
 * have gone well, and what was made is removed if they do not: an open that fails changes nothing.
 *
 * @param reader null if the file is not opened for reading
 * @param writer null if it is not opened for writing; the reader, or one of its own
 */
record NioChannels(@Nullable FileChannel reader, @Nullable FileChannel writer) {
  private static final int OWNER_READS = 0400;
  private static final int OWNER_WRITES = 0200;

  /** Opens what {@code request} wants, and not what comes with appending to a pipe or device. */
  static NioChannels open(OpenRequest request) throws IOException {
    if (request.appends()) {
      return openToAppend(request);
    }
    if (request.writes()) {
      FileChannel writer = openToWrite(request);
      return new NioChannels(request.reads() ? writer : null, writer);
    }
    return new NioChannels(openToRead(request), null);
  }

  void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
    if (writer != null) {
      writer.close();
    }
  }

  private static FileChannel openToWrite(OpenRequest request) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(WRITE));
    if (request.reads()) {
      options.add(READ);
    }
    if (request.has(FsFlags.O_TRUNC)) {
      options.add(TRUNCATE_EXISTING);
    }
    if (request.has(FsFlags.O_CREAT)) {
      options.add(request.creation());
    }
    return request.open(options.toArray(OpenOption[]::new));
  }

  /** The JDK can neither create nor truncate what it only reads. */
  private static FileChannel openToRead(OpenRequest request) throws IOException {
    if (request.has(FsFlags.O_CREAT)) {
      try {
        return request.open(READ, WRITE, CREATE_NEW);
      } catch (FileAlreadyExistsException e) {
        if (request.has(FsFlags.O_EXCL)) {
          throw e;
        }
        // Told before it is told that it may not be read.
        NioOpenFiles.refuseDirectory(request, request.look());
      }
    }
    try {
      return request.has(FsFlags.O_TRUNC) ? openToReadEmptied(request) : request.open(READ);
    } catch (NoSuchFileException e) {
      if (!request.has(FsFlags.O_CREAT)) {
        throw e;
      }
      // A link that leads to nothing is there, and what it leads to is not.
      return request.has(FsFlags.O_TRUNC)
          ? request.open(READ, WRITE, CREATE, TRUNCATE_EXISTING)
          : request.open(READ, WRITE, CREATE);
    }
  }

  /** What is emptied has to be one that may be written, so that it can be opened to write, too. */
  private static FileChannel openToReadEmptied(OpenRequest request) throws IOException {
    FsStat stat = request.look();
    if (stat == null || stat.isRegularFile() || stat.isDirectory() || stat.isSymbolicLink()) {
      return request.open(READ, WRITE, TRUNCATE_EXISTING);
    }
    // Nothing is cut off a pipe or a device, and to open it to write means something to others.
    request.path().getFileSystem().provider().checkAccess(request.path(), AccessMode.WRITE);
    return request.open(READ);
  }

  /** The JDK cannot both read and append through one channel, nor truncate and append. */
  private static NioChannels openToAppend(OpenRequest request) throws IOException {
    boolean truncates = request.has(FsFlags.O_TRUNC);
    if (request.has(FsFlags.O_CREAT) && request.look() == null) {
      try {
        return createToAppend(request);
      } catch (FileAlreadyExistsException e) {
        if (request.has(FsFlags.O_EXCL)) {
          throw e;
        }
        // A link that leads to nothing; or it came just now.
      }
    }
    FileChannel writer =
        request.has(FsFlags.O_CREAT)
            ? request.open(APPEND, request.creation())
            : request.open(APPEND);
    try {
      if (request.reads()) {
        // Also to write, which only setting the length needs.
        return new NioChannels(
            truncates
                ? request.openAgain(READ, WRITE, TRUNCATE_EXISTING)
                : request.openAgain(READ, WRITE),
            writer);
      }
      if (truncates && writer.size() > 0) {
        writer.truncate(0);
      } else if (truncates) {
        // Of what is empty, the times change.
        request.openAgain(WRITE, TRUNCATE_EXISTING).close();
      }
      return new NioChannels(null, writer);
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  /** Who makes a file may do with it, through that one channel, even what its mode forbids. */
  private static NioChannels createToAppend(OpenRequest request) throws IOException {
    boolean readable = (request.mode() & OWNER_READS) != 0;
    if (!request.reads()) {
      return new NioChannels(null, request.open(APPEND, CREATE_NEW));
    }
    FileChannel first =
        readable ? request.open(APPEND, CREATE_NEW) : request.open(READ, WRITE, CREATE_NEW);
    try {
      return readable
          ? new NioChannels(request.openAgain(readingOf(request)), first)
          : new NioChannels(first, request.openAgain(APPEND));
    } catch (IOException e) {
      first.close();
      Files.deleteIfExists(request.path());
      throw e;
    }
  }

  private static StandardOpenOption[] readingOf(OpenRequest request) {
    return (request.mode() & OWNER_WRITES) != 0
        ? new StandardOpenOption[] {READ, WRITE}
        : new StandardOpenOption[] {READ};
  }
}
