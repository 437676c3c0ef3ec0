// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.util.Map.entry;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the error that an exception of {@code java.nio} stands for.
 *
 * <p>Some have a type of their own. The rest carry the system's text for its {@code errno} ({@code
 * strerror}), or Windows' for its own, and it is looked up here: the texts of glibc, musl, macOS
 * and Windows, in English. In another language, or for a text that is not here, it is {@code
 * UV_UNKNOWN}; never an error that would be a guess.
 */
final class FsErrors {
  private static final Logger log = LoggerFactory.getLogger(FsErrors.class);
  private static final String OS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  static final boolean DARWIN = OS.startsWith("mac") || OS.startsWith("darwin");
  static final boolean LINUX = OS.startsWith("linux");
  static final boolean WINDOWS = OS.startsWith("windows");

  /** What the JDK adds to the text for ELOOP. */
  private static final String[] LOOP_SUFFIXES = {
    " or unable to access attributes of symbolic link", " (nofollow_links specified)"
  };

  private static final Map<String, Integer> BY_TEXT =
      Map.ofEntries(
          // POSIX, in the words of glibc and macOS.
          text("operation not permitted", UvError.EPERM),
          text("no such file or directory", UvError.ENOENT),
          text("interrupted system call", UvError.EINTR),
          text("input/output error", UvError.EIO),
          text("no such device or address", UvError.ENXIO),
          text("device not configured", UvError.ENXIO),
          text("bad file descriptor", UvError.EBADF),
          text("resource temporarily unavailable", UvError.EAGAIN),
          text("cannot allocate memory", UvError.ENOMEM),
          text("permission denied", UvError.EACCES),
          text("bad address", UvError.EFAULT),
          text("device or resource busy", UvError.EBUSY),
          text("resource busy", UvError.EBUSY),
          text("file exists", UvError.EEXIST),
          text("invalid cross-device link", UvError.EXDEV),
          text("cross-device link", UvError.EXDEV),
          text("no such device", UvError.ENODEV),
          text("operation not supported by device", UvError.ENODEV),
          text("not a directory", UvError.ENOTDIR),
          text("is a directory", UvError.EISDIR),
          text("invalid argument", UvError.EINVAL),
          text("too many open files in system", UvError.ENFILE),
          text("too many open files", UvError.EMFILE),
          text("inappropriate ioctl for device", UvError.ENOTTY),
          text("text file busy", UvError.ETXTBSY),
          text("file too large", UvError.EFBIG),
          text("no space left on device", UvError.ENOSPC),
          text("illegal seek", UvError.ESPIPE),
          text("read-only file system", UvError.EROFS),
          text("too many links", UvError.EMLINK),
          text("broken pipe", UvError.EPIPE),
          text("numerical result out of range", UvError.ERANGE),
          text("result too large", UvError.ERANGE),
          text("file name too long", UvError.ENAMETOOLONG),
          text("function not implemented", UvError.ENOSYS),
          text("directory not empty", UvError.ENOTEMPTY),
          text("too many levels of symbolic links", UvError.ELOOP),
          text("value too large for defined data type", UvError.EOVERFLOW),
          text("value too large to be stored in data type", UvError.EOVERFLOW),
          text("invalid or incomplete multibyte or wide character", UvError.EILSEQ),
          text("illegal byte sequence", UvError.EILSEQ),
          text("operation not supported", UvError.ENOTSUP),
          text("connection timed out", UvError.ETIMEDOUT),
          text("operation timed out", UvError.ETIMEDOUT),
          text("remote i/o error", UvError.EREMOTEIO),
          text("transport endpoint is not connected", UvError.ENOTCONN),
          text("socket is not connected", UvError.ENOTCONN),
          text("host is down", UvError.EHOSTDOWN),
          text("operation canceled", UvError.ECANCELED),
          // What a file system answers that a program or another machine is behind.
          text("argument list too long", UvError.E2BIG),
          text("exec format error", UvError.ENOEXEC),
          text("no such process", UvError.ESRCH),
          text("no data available", UvError.ENODATA),
          text("no message available on stream", UvError.ENODATA),
          text("protocol error", UvError.EPROTO),
          text("protocol driver not attached", UvError.EUNATCH),
          text("message too long", UvError.EMSGSIZE),
          text("no buffer space available", UvError.ENOBUFS),
          text("socket operation on non-socket", UvError.ENOTSOCK),
          text("software caused connection abort", UvError.ECONNABORTED),
          text("connection refused", UvError.ECONNREFUSED),
          text("connection reset by peer", UvError.ECONNRESET),
          text("network is down", UvError.ENETDOWN),
          text("network is unreachable", UvError.ENETUNREACH),
          text("no route to host", UvError.EHOSTUNREACH),
          // libuv has no error for these two, and passes the number on.
          entry("disk quota exceeded", errno(122, 69)),
          entry("disc quota exceeded", errno(122, 69)),
          entry("quota exceeded", errno(122, 69)),
          entry("stale file handle", errno(116, 70)),
          entry("stale nfs file handle", errno(116, 70)),
          // What the JDK says instead, of inotify.
          text("user limit of inotify watches reached", UvError.ENOSPC),
          text("user limit of inotify instances reached or too many open files", UvError.EMFILE),
          // Where musl has words of its own.
          text("i/o error", UvError.EIO),
          text("out of memory", UvError.ENOMEM),
          text("no file descriptors available", UvError.EMFILE),
          text("not a tty", UvError.ENOTTY),
          text("invalid seek", UvError.ESPIPE),
          text("result not representable", UvError.ERANGE),
          text("filename too long", UvError.ENAMETOOLONG),
          text("symbolic link loop", UvError.ELOOP),
          text("value too large for data type", UvError.EOVERFLOW),
          text("not supported", UvError.ENOTSUP),
          text("message too large", UvError.EMSGSIZE),
          text("not a socket", UvError.ENOTSOCK),
          text("connection aborted", UvError.ECONNABORTED),
          text("network unreachable", UvError.ENETUNREACH),
          text("host is unreachable", UvError.EHOSTUNREACH),
          // Windows.
          text("the system cannot find the file specified", UvError.ENOENT),
          text("the system cannot find the path specified", UvError.ENOENT),
          text("the filename, directory name, or volume label syntax is incorrect", UvError.ENOENT),
          text("the directory name is invalid", UvError.ENOENT),
          text("the handle is invalid", UvError.EBADF),
          text("access is denied", UvError.EPERM),
          text("a required privilege is not held by the client", UvError.EPERM),
          text("the directory is not empty", UvError.ENOTEMPTY),
          text("cannot create a file when that file already exists", UvError.EEXIST),
          text("the file exists", UvError.EEXIST),
          text("there is not enough space on the disk", UvError.ENOSPC),
          text("the media is write protected", UvError.EROFS),
          text("the filename or extension is too long", UvError.ENAMETOOLONG),
          text("the system cannot move the file to a different disk drive", UvError.EXDEV),
          text(
              "the process cannot access the file because it is being used by another process",
              UvError.EBUSY),
          text(
              "the process cannot access the file because another process has locked a portion of"
                  + " the file",
              UvError.EBUSY),
          text("the system cannot open the file", UvError.EMFILE),
          text("the parameter is incorrect", UvError.EINVAL),
          text("the pipe has been ended", UvError.EPIPE),
          text("incorrect function", UvError.EISDIR),
          text("the name of the file cannot be resolved by the system", UvError.ELOOP));

  /** The first JDK for which a path that leads through a file is one that is missing. */
  private static final int FILES_MISSING_SINCE = 25;

  private static final boolean TELLS_WAY_THROUGH_FILE =
      Runtime.version().feature() < FILES_MISSING_SINCE;

  private FsErrors() {}

  private static Map.Entry<String, Integer> text(String text, UvError error) {
    return entry(text, error.code());
  }

  private static int errno(int linux, int darwin) {
    return UvError.translateSysError(DARWIN ? darwin : linux);
  }

  /** The code that {@code thrown} stands for. */
  static int codeOf(Throwable thrown) {
    if (thrown instanceof ErrnoException known) {
      return known.error.code();
    }
    if (thrown instanceof IOException io) {
      return ofIo(io);
    }
    if (thrown instanceof DirectoryIteratorException
        && thrown.getCause() instanceof IOException io) {
      return ofIo(io);
    }
    return ofUnchecked(thrown).code();
  }

  private static int ofIo(IOException thrown) {
    if (thrown instanceof FileSystemException about) {
      return ofFileSystem(about);
    }
    if (thrown instanceof ClosedByInterruptException) {
      return UvError.EINTR.code();
    }
    if (thrown instanceof ClosedChannelException) {
      return UvError.EBADF.code();
    }
    return ofText(thrown.getMessage());
  }

  private static int ofFileSystem(FileSystemException thrown) {
    if (thrown instanceof NoSuchFileException) {
      return missing(thrown).code();
    }
    if (thrown instanceof FileAlreadyExistsException) {
      return UvError.EEXIST.code();
    }
    if (thrown instanceof AccessDeniedException) {
      // As libuv has it on Windows, which knows one error for both.
      return (WINDOWS ? UvError.EPERM : UvError.EACCES).code();
    }
    if (thrown instanceof DirectoryNotEmptyException) {
      return UvError.ENOTEMPTY.code();
    }
    if (thrown instanceof NotDirectoryException) {
      return UvError.ENOTDIR.code();
    }
    if (thrown instanceof NotLinkException) {
      return UvError.EINVAL.code();
    }
    if (thrown instanceof AtomicMoveNotSupportedException) {
      return UvError.EXDEV.code();
    }
    if (thrown instanceof FileSystemLoopException) {
      return UvError.ELOOP.code();
    }
    return ofText(thrown.getReason());
  }

  private static UvError ofUnchecked(Throwable thrown) {
    if (thrown instanceof NonReadableChannelException
        || thrown instanceof NonWritableChannelException) {
      return UvError.EBADF;
    }
    if (thrown instanceof InvalidPathException invalid) {
      return ofInvalidPath(invalid.getInput());
    }
    if (thrown instanceof UnsupportedOperationException) {
      return UvError.ENOSYS;
    }
    if (thrown instanceof IllegalArgumentException) {
      return UvError.EINVAL;
    }
    if (thrown instanceof OutOfMemoryError) {
      return UvError.ENOMEM;
    }
    return UvError.UNKNOWN;
  }

  /*
   * C ends a path at its first NUL, and so would work on another file than was named. What else
   * Windows refuses, it calls a name that does not exist. Elsewhere all other text is a name, but
   * for what the encoding of the JVM has no bytes for.
   */
  private static UvError ofInvalidPath(String path) {
    if (path.indexOf('\0') >= 0) {
      return UvError.EINVAL;
    }
    return WINDOWS ? UvError.ENOENT : UvError.EILSEQ;
  }

  /** What a system's text for an error stands for. */
  static int ofText(@Nullable String text) {
    if (text == null) {
      return UvError.UNKNOWN.code();
    }
    String key = text.toLowerCase(Locale.ROOT).strip();
    for (String suffix : LOOP_SUFFIXES) {
      if (key.endsWith(suffix)) {
        key = key.substring(0, key.length() - suffix.length());
      }
    }
    if (key.endsWith(".")) {
      key = key.substring(0, key.length() - 1);
    }
    Integer code = BY_TEXT.get(key);
    if (code == null) {
      // The text is all that is known of it, and a number cannot carry it.
      log.warn("no error is known by the text \"{}\": it is UNKNOWN", text);
      return UvError.UNKNOWN.code();
    }
    return code;
  }

  /*
   * From JDK 25 on a path that leads through a file is told as missing; the system says ENOTDIR.
   * The disk knows.
   */
  private static UvError missing(FileSystemException thrown) {
    String file = thrown.getFile();
    String other = thrown.getOtherFile();
    if (file == null || WINDOWS || TELLS_WAY_THROUGH_FILE) {
      return UvError.ENOENT;
    }
    try {
      return other == null
          ? NioPaths.whyMissing(Path.of(file))
          : NioPaths.whyMissing(Path.of(file), Path.of(other));
    } catch (IOException | InvalidPathException e) {
      // The call's own exception says as much.
      return UvError.ENOENT;
    }
  }
}
