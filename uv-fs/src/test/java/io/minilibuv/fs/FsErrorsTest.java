// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That an error is the one that C would tell: from the exceptions of {@code java.nio}, and from
 * files.
 *
 * <p>What needs another user, a limit or a disk of its own is in {@link FsUserErrorsTest} and
 * {@link FsLimitErrorsTest}. Some errors no test can bring about, and they are only checked by
 * their text: ENFILE, EMLINK, a full quota, a stale handle.
 */
class FsErrorsTest extends FsFixture {

  static Stream<Arguments> exceptions() {
    IOException notDirectory = new NotDirectoryException("x");
    return Stream.of(
        Arguments.of(UvError.ENOENT, new NoSuchFileException("no/such/file")),
        Arguments.of(UvError.ENOENT, new NoSuchFileException(null)),
        Arguments.of(UvError.EEXIST, new FileAlreadyExistsException("x")),
        Arguments.of(UvError.EACCES, new AccessDeniedException("x")),
        Arguments.of(UvError.ENOTEMPTY, new DirectoryNotEmptyException("x")),
        Arguments.of(UvError.ENOTDIR, notDirectory),
        Arguments.of(UvError.EINVAL, new NotLinkException("x")),
        Arguments.of(UvError.ELOOP, new FileSystemLoopException("x")),
        Arguments.of(UvError.EXDEV, new AtomicMoveNotSupportedException("x", "y", "whatever")),
        Arguments.of(UvError.EISDIR, new FileSystemException("x", null, "Is a directory")),
        Arguments.of(UvError.UNKNOWN, new FileSystemException("x")),
        Arguments.of(UvError.ENOTDIR, new DirectoryIteratorException(notDirectory)),
        Arguments.of(UvError.EINTR, new ClosedByInterruptException()),
        Arguments.of(UvError.EBADF, new AsynchronousCloseException()),
        Arguments.of(UvError.EBADF, new ClosedChannelException()),
        Arguments.of(UvError.EBADF, new NonReadableChannelException()),
        Arguments.of(UvError.EBADF, new NonWritableChannelException()),
        Arguments.of(UvError.ENOSPC, new IOException("No space left on device")),
        Arguments.of(UvError.UNKNOWN, new IOException("Read failed")),
        Arguments.of(UvError.UNKNOWN, new IOException((String) null)),
        Arguments.of(UvError.EINVAL, new InvalidPathException("a\0b", "Nul character")),
        Arguments.of(UvError.EILSEQ, new InvalidPathException("\ud800", "unmappable")),
        Arguments.of(UvError.ENOSYS, new UnsupportedOperationException()),
        Arguments.of(UvError.EINVAL, new IllegalArgumentException()),
        Arguments.of(UvError.ENOMEM, new OutOfMemoryError("Direct buffer memory")),
        Arguments.of(UvError.UNKNOWN, new IllegalStateException()),
        Arguments.of(UvError.ENXIO, new ErrnoException(UvError.ENXIO)));
  }

  @MethodSource("exceptions")
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @ParameterizedTest
  void exceptionsStandForErrors(UvError expected, Throwable thrown) {
    assertEquals(expected.code(), FsErrors.codeOf(thrown));
  }

  @CsvSource(
      delimiter = '=',
      value = {
        "Operation not permitted = EPERM",
        "No such file or directory = ENOENT",
        "Interrupted system call = EINTR",
        "Input/output error = EIO",
        "I/O error = EIO",
        "Bad file descriptor = EBADF",
        "Resource temporarily unavailable = EAGAIN",
        "Cannot allocate memory = ENOMEM",
        "Out of memory = ENOMEM",
        "Permission denied = EACCES",
        "Device or resource busy = EBUSY",
        "Resource busy = EBUSY",
        "File exists = EEXIST",
        "Invalid cross-device link = EXDEV",
        "Cross-device link = EXDEV",
        "Not a directory = ENOTDIR",
        "Is a directory = EISDIR",
        "Invalid argument = EINVAL",
        "Too many open files in system = ENFILE",
        "Too many open files = EMFILE",
        "No file descriptors available = EMFILE",
        "Text file busy = ETXTBSY",
        "File too large = EFBIG",
        "No space left on device = ENOSPC",
        "Illegal seek = ESPIPE",
        "Invalid seek = ESPIPE",
        "Read-only file system = EROFS",
        "Too many links = EMLINK",
        "Broken pipe = EPIPE",
        "File name too long = ENAMETOOLONG",
        "Filename too long = ENAMETOOLONG",
        "Directory not empty = ENOTEMPTY",
        "Too many levels of symbolic links = ELOOP",
        "Too many levels of symbolic links (NOFOLLOW_LINKS specified) = ELOOP",
        "Symbolic link loop = ELOOP",
        "Symbolic link loop or unable to access attributes of symbolic link = ELOOP",
        "Operation not supported = ENOTSUP",
        "Function not implemented = ENOSYS",
        "Argument list too long = E2BIG",
        "Exec format error = ENOEXEC",
        "No such process = ESRCH",
        "No data available = ENODATA",
        "No message available on STREAM = ENODATA",
        "Protocol error = EPROTO",
        "Protocol driver not attached = EUNATCH",
        "Message too long = EMSGSIZE",
        "Message too large = EMSGSIZE",
        "No buffer space available = ENOBUFS",
        "Socket operation on non-socket = ENOTSOCK",
        "Not a socket = ENOTSOCK",
        "Software caused connection abort = ECONNABORTED",
        "Connection aborted = ECONNABORTED",
        "Connection refused = ECONNREFUSED",
        "Connection reset by peer = ECONNRESET",
        "Network is down = ENETDOWN",
        "Network is unreachable = ENETUNREACH",
        "Network unreachable = ENETUNREACH",
        "No route to host = EHOSTUNREACH",
        "Host is unreachable = EHOSTUNREACH",
        "There is not enough space on the disk. = ENOSPC",
        "The directory is not empty. = ENOTEMPTY",
        "Something nobody has heard of = UNKNOWN",
        "'' = UNKNOWN",
      })
  @ParameterizedTest
  void textsStandForErrors(String text, UvError expected) {
    assertEquals(expected.code(), FsErrors.ofText(text));
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void whatLibuvHasNoErrorForKeepsItsNumber() {
    assertEquals(-122, FsErrors.ofText("Disk quota exceeded"));
    assertEquals(-116, FsErrors.ofText("Stale file handle"));
  }

  @Test
  void aKnownErrorCostsNoStackTrace() {
    assertEquals(0, new ErrnoException(UvError.EBADF).getStackTrace().length);
  }

  @Test
  void longNamesAndLongPaths() {
    String longest = "n".repeat(255);
    file(longest, TEST_BUF);
    assertEquals(TEST_BUF, content(at(longest)));
    for (String tooLong : List.of(at("n".repeat(256)), at("d/".repeat(1 << 19) + "f"))) {
      UvError expected = UvError.ENAMETOOLONG;
      assertFails(
          expected,
          () -> Fs.open(tooLong, O_WRONLY | O_CREAT, 0600),
          callback -> Fs.open(loop, tooLong, O_WRONLY | O_CREAT, 0600, callback));
      assertFails(expected, () -> Fs.stat(tooLong));
      assertFails(expected, () -> Fs.lstat(tooLong));
      assertFails(expected, () -> Fs.mkdir(tooLong, 0700));
      assertFails(expected, () -> Fs.rmdir(tooLong));
      assertFails(expected, () -> Fs.unlink(tooLong));
      assertFails(expected, () -> Fs.scandir(tooLong));
      assertFails(expected, () -> Fs.rename(at(longest), tooLong));
      assertFails(expected, () -> Fs.rename(tooLong, at("new")));
      assertFails(expected, () -> Fs.readlink(tooLong));
      assertFails(expected, () -> Fs.symlink("x", tooLong));
      assertFails(expected, () -> Fs.link(at(longest), tooLong));
      assertFails(expected, () -> Fs.access(tooLong, 0));
      assertFails(expected, () -> Fs.chmod(tooLong, 0));
      assertFails(expected, () -> Fs.utime(tooLong, 0, 0));
      assertFails(expected, () -> Fs.lutime(tooLong, 0, 0));
    }
    assertFails(UvError.ENAMETOOLONG, () -> Fs.realpath(at("n".repeat(256))));
  }

  @Test
  void aPathWithANulIsNoPath() {
    String path = at("file\0.txt");
    assertFails(UvError.EINVAL, () -> Fs.stat(path), callback -> Fs.stat(loop, path, callback));
    assertFails(UvError.EINVAL, () -> Fs.open(path, O_WRONLY | O_CREAT, 0600));
    assertFails(UvError.EINVAL, () -> Fs.symlink(path, at("link")));
    assertEquals(List.of(), Fs.scandir(at("")));
  }

  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aPathThatIsNotUnicodeHasNoBytes() {
    String path = at("half \ud83d");
    assertFails(UvError.EILSEQ, () -> Fs.open(path, O_WRONLY | O_CREAT, 0600));
  }

  @Test
  void aWayThroughAFile() {
    file("file", TEST_BUF);
    for (String path : List.of(at("file/x"), at("file/x/y"), at("file/"))) {
      assertFails(UvError.ENOTDIR, () -> Fs.stat(path), cb -> Fs.stat(loop, path, cb));
      assertFails(UvError.ENOTDIR, () -> Fs.lstat(path));
      assertFails(UvError.ENOTDIR, () -> Fs.open(path, O_RDONLY, 0));
      assertFails(UvError.ENOTDIR, () -> Fs.scandir(path));
      assertFails(UvError.ENOTDIR, () -> Fs.chmod(path, 0));
      assertFails(UvError.ENOTDIR, () -> Fs.utime(path, 0, 0));
      assertFails(UvError.ENOTDIR, () -> Fs.unlink(path));
      assertFails(UvError.ENOTDIR, () -> Fs.rmdir(path));
      assertFails(UvError.ENOTDIR, () -> Fs.readlink(path));
      assertFails(UvError.ENOTDIR, () -> Fs.realpath(path));
    }
    assertFails(UvError.ENOTDIR, () -> Fs.rename(at("file/x"), at("new")));
    assertFails(UvError.ENOTDIR, () -> Fs.rename(at("file"), at("file/x")));
    assertFails(UvError.ENOTDIR, () -> Fs.mkdir(at("file/x"), 0700));
    assertFails(UvError.ENOTDIR, () -> Fs.open(at("file/x"), O_RDWR | O_CREAT, 0600));
    assertFails(UvError.ENOTDIR, () -> Fs.symlink("x", at("file/x")));
  }

  /** Which of the two paths it is, and why, is told as the system has it. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void aWayThroughAFileWhereThereAreTwoPaths() {
    file("file", TEST_BUF);
    Fs.symlink("file/x", at("astray"));
    Fs.symlink("loop", at("loop"));
    for (String from : List.of("astray", "loop", "file")) {
      String path = at(from);
      assertFails(UvError.ENOENT, () -> Fs.rename(path, at("missing/x")));
      assertFails(UvError.ENOTDIR, () -> Fs.rename(path, at("file/x")));
      assertFails(UvError.ENOTDIR, () -> Fs.rename(path, at("astray/x")));
      assertFails(UvError.ENOENT, () -> Fs.link(path, at("missing/x")));
      assertFails(UvError.ENOTDIR, () -> Fs.link(path, at("astray/x")));
      assertFails(UvError.ENOTDIR, () -> Fs.rename(at("astray/x"), path));
      assertFails(UvError.ENOENT, () -> Fs.rename(at("missing"), path));
    }
    assertFails(UvError.ENOENT, () -> Fs.rename(at("missing/x"), at("file/x")));
    assertFails(UvError.ENOTDIR, () -> Fs.rename(at("file/x"), at("missing/x")));
    assertFails(UvError.ENOENT, () -> Fs.link(at("missing/x"), at("file/x")));
    assertFails(UvError.ENOTDIR, () -> Fs.link(at("file/x"), at("missing/x")));
  }

  @Test
  void badFlags() {
    String path = file("file", TEST_BUF);
    if (TestedBackend.NIO) {
      assertFails(UvError.EINVAL, () -> Fs.open(path, O_WRONLY | O_RDWR, 0));
    } else {
      // What can be opened for ioctl alone can be neither read nor written.
      int fd = Fs.open(path, O_WRONLY | O_RDWR, 0);
      assertFails(UvError.EBADF, () -> Fs.read(fd, bytes("x"), 0));
      assertFails(UvError.EBADF, () -> Fs.write(fd, bytes("x"), 0));
      Fs.close(fd);
    }
    UvException thrown =
        assertThrows(UvException.class, () -> Fs.open(path, O_CREAT | FsFlags.O_DIRECTORY, 0600));
    // Linux before 6.3 looks at what is there.
    assertThat(thrown.error())
        .isIn(UvError.EINVAL, TestedBackend.either(UvError.ENOTDIR, UvError.EINVAL));
    assertFails(UvError.EEXIST, () -> Fs.open(path, O_WRONLY | O_CREAT | O_EXCL, 0));
  }

  /** Errors that need what every Linux has. */
  @EnabledOnOs(OS.LINUX)
  @Test
  void errorsOfTheSystem() {
    String path = file("file", TEST_BUF);
    int fd = Fs.open(path, O_RDWR, 0);
    assertFails(UvError.EFBIG, () -> Fs.write(fd, bytes("x"), 1L << 62));
    Fs.close(fd);
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void noNameLeadsToAnotherDisk() {
    String path = file("file", TEST_BUF);
    String there = "/proc/self/file";
    assertFails(
        UvError.EXDEV, () -> Fs.rename(path, there), cb -> Fs.rename(loop, path, there, cb));
    String proc = "/proc/version";
    String here = at("here");
    assertFails(UvError.EXDEV, () -> Fs.rename(proc, here), cb -> Fs.rename(loop, proc, here, cb));
    assertFails(UvError.EXDEV, () -> Fs.link(proc, here), cb -> Fs.link(loop, proc, here, cb));
    assertEquals(TEST_BUF, content(path));
    if (Fs.stat("/dev/shm").dev() != Fs.stat(path).dev()) {
      String shared = "/dev/shm/minilibuv-" + ProcessHandle.current().pid();
      assertFails(UvError.EXDEV, () -> Fs.rename(path, shared));
      assertFails(UvError.EXDEV, () -> Fs.link(path, shared));
    }
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void theRoot() {
    String path = file("file", TEST_BUF);
    Fs.mkdir(at("dir"), 0755);
    assertFails(UvError.EBUSY, () -> Fs.rmdir("/"), cb -> Fs.rmdir(loop, "/", cb));
    assertFails(
        UvError.EBUSY, () -> Fs.rename("/", at("x")), cb -> Fs.rename(loop, "/", at("x"), cb));
    assertFails(UvError.EBUSY, () -> Fs.rename(path, "/"));
    assertFails(UvError.EBUSY, () -> Fs.rename(at("dir"), "/"));
    assertFails(UvError.EISDIR, () -> Fs.unlink("/"), cb -> Fs.unlink(loop, "/", cb));
    assertFails(UvError.EEXIST, () -> Fs.mkdir("/", 0700), cb -> Fs.mkdir(loop, "/", 0700, cb));
    assertFails(UvError.EPERM, () -> Fs.link("/", at("x")));
    assertFails(UvError.EEXIST, () -> Fs.link(path, "/"));
    assertFails(UvError.EEXIST, () -> Fs.symlink(path, "/"));
    assertFails(UvError.EINVAL, () -> Fs.readlink("/"));
    assertFails(UvError.EISDIR, () -> Fs.open("/", O_RDWR | O_CREAT, 0600));
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aDirectoryDoesNotGoIntoItself() {
    Fs.mkdir(at("dir"), 0755);
    String inside = at("dir/x");
    assertFails(
        UvError.EINVAL,
        () -> Fs.rename(at("dir"), inside),
        cb -> Fs.rename(loop, at("dir"), inside, cb));
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aSocketIsNotOpened() throws IOException {
    String path = at("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      for (int flags : new int[] {O_RDONLY, O_WRONLY, O_RDWR, O_WRONLY | O_CREAT}) {
        assertFails(
            UvError.ENXIO,
            () -> Fs.open(path, flags, 0600),
            cb -> Fs.open(loop, path, flags, 0600, cb));
      }
      assertFails(UvError.ENXIO, () -> Fs.copyfile(path, at("copy"), 0));
      assertFails(UvError.ENXIO, () -> Fs.copyfile(file("file", "x"), path, 0));
      assertFails(UvError.ENOENT, () -> Fs.stat(at("copy")));
      assertEquals(DirentType.SOCKET, Fs.scandir(at("")).get(1).type());
    }
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void linksAreFollowedForALongWayButNotForEver() {
    file("link0", TEST_BUF);
    for (int i = 1; i <= 41; i++) {
      Fs.symlink("link" + (i - 1), at("link" + i));
    }
    assertEquals(TEST_BUF, content(at("link30")));
    Fs.realpath(at("link30"));
    String tooLong = at("link41");
    assertFails(UvError.ELOOP, () -> Fs.stat(tooLong), cb -> Fs.stat(loop, tooLong, cb));
    assertFails(UvError.ELOOP, () -> Fs.realpath(tooLong), cb -> Fs.realpath(loop, tooLong, cb));
    assertFails(UvError.ELOOP, () -> Fs.open(tooLong, O_RDONLY, 0));
    assertEquals("link40", Fs.readlink(tooLong));
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aProgramThatRunsCannotBeWritten() throws IOException, InterruptedException {
    Path program = Files.copy(Path.of("/bin/cat"), dir.resolve("cat"));
    String path = program.toString();
    String other = file("other", "x");
    Process running = new ProcessBuilder(path).start();
    try {
      for (int flags : new int[] {O_WRONLY, O_RDWR, FsFlags.O_TRUNC}) {
        assertFails(
            UvError.ETXTBSY,
            () -> Fs.open(path, flags, 0),
            cb -> Fs.open(loop, path, flags, 0, cb));
      }
      assertFails(
          UvError.ETXTBSY,
          () -> Fs.copyfile(other, path, 0),
          cb -> Fs.copyfile(loop, other, path, 0, cb));
      Fs.copyfile(path, at("copy"), 0);
    } finally {
      running.getOutputStream().close();
      assertEquals(0, running.waitFor());
      running.getInputStream().close();
      running.getErrorStream().close();
    }
    assertEquals(Fs.stat(path).size(), Fs.stat(at("copy")).size());
  }
}
