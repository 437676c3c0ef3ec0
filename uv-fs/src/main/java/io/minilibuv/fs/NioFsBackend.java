// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file system through {@code java.nio}, on every system that has Java ({@code uv__fs_*},
 * src/unix/fs.c).
 *
 * <p>Where {@code java.nio} cannot do what the call does in C, it comes as near as it can, and
 * {@code docs/fs-nio.md} says how near.
 */
@AnyThread
final class NioFsBackend implements FsBackend {
  private static final Logger log = LoggerFactory.getLogger(NioFsBackend.class);

  /** The one of this process: descriptors are the process's, as in C. */
  static final NioFsBackend INSTANCE = new NioFsBackend();

  /** What does the work, and fails with an exception. */
  @FunctionalInterface
  private interface Body {
    long run() throws IOException;
  }

  /** A {@link Body} that results in 0. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** A {@link FileBody} that results in 0. */
  @FunctionalInterface
  private interface FileStep {
    void run(OpenFile file) throws IOException;
  }

  /** What does the work on an open file, and fails with an exception. */
  @FunctionalInterface
  private interface FileBody {
    long run(OpenFile file) throws IOException;
  }

  private final FdTable files = new FdTable();

  @Override
  public String name() {
    return "java.nio";
  }

  // @start region="open"
  @Override
  public long open(String path, int flags, int mode) {
    return run(() -> files.add(NioOpenFiles.open(path, flags, mode)));
  }

  // @end region="open"

  @Override
  public long close(int fd) {
    return files.close(fd);
  }

  @Override
  public long read(int fd, ByteBuffer[] buffers, long offset) {
    return runOn(fd, file -> file.read(buffers, offset));
  }

  @Override
  public long write(int fd, ByteBuffer[] buffers, long offset) {
    return runOn(fd, file -> file.write(buffers, offset));
  }

  @Override
  public long unlink(String text) {
    return run(
        () -> {
          Path path = NioPaths.named(text);
          BasicFileAttributes attributes = NioPaths.attributesOfName(path);
          if (attributes.isDirectory()) {
            NioPaths.requireMayRemove(path);
            throw new ErrnoException(FsErrors.LINUX ? UvError.EISDIR : UvError.EPERM);
          }
          NioPaths.requireDirectoryIfSlash(text, path);
          delete(path);
          return 0;
        });
  }

  /** Windows does not delete what is marked as read-only; libuv takes the mark off. */
  private static void delete(Path path) throws IOException {
    try {
      Files.delete(path);
    } catch (AccessDeniedException e) {
      if (NioAttributes.UNIX) {
        throw e;
      }
      NioAttributes.setMode(path, 0200);
      Files.delete(path);
    }
  }

  @Override
  public long mkdir(String text, int mode) {
    return run(
        () -> {
          Path path = NioPaths.named(text);
          Files.createDirectory(path, NioAttributes.forCreation(mode));
          NioAttributes.addSpecialBits(path, mode & 01000);
          return 0;
        });
  }

  @Override
  public long rmdir(String text) {
    return run(
        () -> {
          Path path = NioPaths.named(text);
          if (!NioPaths.attributesOfName(path).isDirectory()) {
            NioPaths.requireMayRemove(path);
            throw new ErrnoException(UvError.ENOTDIR);
          }
          Files.delete(path);
          return 0;
        });
  }

  @Override
  public long scandir(String text, FsAnswer answer) {
    return run(
        () -> {
          List<Dirent> found;
          try (NioDirectory directory = NioDirectory.open(NioPaths.resolved(text))) {
            found = directory.readSorted();
          }
          answer.ownEntries(found);
          return found.size();
        });
  }

  @Override
  public long stat(String path, FsAnswer answer) {
    return runStep(() -> answer.stat(NioAttributes.stat(NioPaths.resolved(path))));
  }

  @Override
  public long lstat(String path, FsAnswer answer) {
    return runStep(() -> answer.stat(NioAttributes.stat(NioPaths.resolved(path), NOFOLLOW_LINKS)));
  }

  @Override
  public long fstat(int fd, FsAnswer answer) {
    return runStepOn(fd, file -> answer.stat(NioOpenFiles.stat(file)));
  }

  @Override
  public long rename(String text, String newText) {
    return run(
        () -> {
          Path path = NioPaths.named(text);
          if (newText.isEmpty()) {
            NioPaths.requireWay(path);
          }
          Path newPath = NioPaths.named(newText);
          if (NioPaths.endsInSlash(text) || NioPaths.endsInSlash(newText)) {
            NioPaths.requireWay(path);
            NioPaths.requireWay(newPath);
            NioPaths.refuseDots(path);
            NioPaths.refuseDots(newPath);
            NioPaths.requireDirectoryIfSlash(text, path);
            NioPaths.requireDirectoryIfSlash(newText, path);
          }
          // What rename(2) does, and all that it does: it replaces, and never copies.
          Files.move(path, newPath, ATOMIC_MOVE);
          return 0;
        });
  }

  @Override
  public long fsync(int fd) {
    return runStepOn(fd, file -> file.force(true));
  }

  @Override
  public long fdatasync(int fd) {
    return runStepOn(fd, file -> file.force(false));
  }

  @Override
  public long ftruncate(int fd, long length) {
    if (length < 0) {
      // Whatever the descriptor is.
      return UvError.EINVAL.code();
    }
    return runStepOn(fd, file -> file.truncate(length));
  }

  @Override
  public long access(String text, int mode) {
    return run(
        () -> {
          if ((mode & ~(FsFlags.R_OK | FsFlags.W_OK | FsFlags.X_OK)) != 0) {
            throw new ErrnoException(UvError.EINVAL);
          }
          Path path = NioPaths.resolved(text);
          Set<AccessMode> wanted = EnumSet.noneOf(AccessMode.class);
          addIf((mode & FsFlags.R_OK) != 0, AccessMode.READ, wanted);
          addIf((mode & FsFlags.W_OK) != 0, AccessMode.WRITE, wanted);
          addIf((mode & FsFlags.X_OK) != 0, AccessMode.EXECUTE, wanted);
          path.getFileSystem().provider().checkAccess(path, wanted.toArray(AccessMode[]::new));
          return 0;
        });
  }

  private static void addIf(boolean wanted, AccessMode mode, Set<AccessMode> modes) {
    if (wanted) {
      modes.add(mode);
    }
  }

  @Override
  public long chmod(String path, int mode) {
    return runStep(() -> NioAttributes.setMode(NioPaths.resolved(path), mode));
  }

  @Override
  public long fchmod(int fd, int mode) {
    return runStepOn(fd, file -> NioAttributes.setMode(NioOpenFiles.locate(file), mode));
  }

  @Override
  public long utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return runStep(() -> NioAttributes.setTimes(NioPaths.resolved(path), atime, mtime));
  }

  @Override
  public long futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    return runStepOn(fd, file -> NioAttributes.setTimes(NioOpenFiles.locate(file), atime, mtime));
  }

  @Override
  public long lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    return runStep(
        () -> NioAttributes.setTimes(NioPaths.resolved(path), atime, mtime, NOFOLLOW_LINKS));
  }

  @Override
  public long link(String text, String newText) {
    return run(
        () -> {
          Path path = NioPaths.resolved(text);
          NioPaths.attributesOfName(path);
          Path newPath = NioPaths.named(newText);
          NioPaths.refuseSlashOfLink(newText, newPath);
          Files.createLink(newPath, path);
          return 0;
        });
  }

  @Override
  public long symlink(String text, String newText) {
    return runStep(
        () -> {
          Path target = NioPaths.named(text);
          Path newPath = NioPaths.named(newText);
          NioPaths.refuseSlashOfLink(newText, newPath);
          Files.createSymbolicLink(newPath, target);
        });
  }

  @Override
  public long readlink(String path, FsAnswer answer) {
    return runStep(() -> answer.text(Files.readSymbolicLink(NioPaths.resolved(path)).toString()));
  }

  @Override
  public long realpath(String path, FsAnswer answer) {
    return runStep(() -> answer.text(NioPaths.resolved(path).toRealPath().toString()));
  }

  @Override
  public long mkdtemp(String template, FsAnswer answer) {
    return run(
        () ->
            NioTempNames.make(
                template,
                answer,
                path -> {
                  Files.createDirectory(NioPaths.named(path), NioAttributes.forCreation(0700));
                  return 0;
                }));
  }

  @Override
  public long mkstemp(String template, FsAnswer answer) {
    int flags = FsFlags.O_RDWR | FsFlags.O_CREAT | FsFlags.O_EXCL;
    return run(
        () ->
            NioTempNames.make(
                template, answer, path -> files.add(NioOpenFiles.open(path, flags, 0600))));
  }

  @Override
  public long opendir(String path, FsAnswer answer) {
    return runStep(() -> answer.dir(NioDirectory.open(NioPaths.resolved(path))));
  }

  @Override
  public long readdir(FsDir dir, int count, FsAnswer answer) {
    return run(
        () -> {
          List<Dirent> found = own(dir).read(count);
          answer.ownEntries(found);
          return found.size();
        });
  }

  @Override
  public long closedir(FsDir dir) {
    return runStep(() -> own(dir).close());
  }

  private static NioDirectory own(FsDir dir) throws IOException {
    if (dir instanceof NioDirectory own) {
      return own;
    }
    throw new ErrnoException(UvError.EINVAL);
  }

  @Override
  public long statfs(String path, FsAnswer answer) {
    return runStep(() -> answer.statFs(NioAttributes.statFs(NioPaths.resolved(path))));
  }

  @Override
  public long sendfile(int outFd, int inFd, long inOffset, long length) {
    return runOn(
        outFd,
        out -> {
          OpenFile in = files.acquire(inFd);
          if (in == null) {
            throw new ErrnoException(UvError.EBADF);
          }
          try {
            if (inOffset < 0 || length < 0) {
              // What is wrong with the files comes first, and to send nothing is fine anywhere.
              long none = out.receive(in, 0, 0);
              if (length == 0) {
                return none;
              }
              throw new ErrnoException(UvError.EINVAL);
            }
            return out.receive(in, inOffset, length);
          } finally {
            closeIfTorn(in);
            files.release(in);
          }
        });
  }

  @Override
  public long chown(String path, long uid, long gid) {
    return runStep(() -> NioAttributes.setOwner(NioPaths.resolved(path), uid, gid));
  }

  @Override
  public long fchown(int fd, long uid, long gid) {
    return runStepOn(fd, file -> NioAttributes.setOwner(NioOpenFiles.locate(file), uid, gid));
  }

  @Override
  public long lchown(String path, long uid, long gid) {
    return runStep(() -> NioAttributes.setOwner(NioPaths.resolved(path), uid, gid, NOFOLLOW_LINKS));
  }

  @Override
  public long copyfile(String text, String newText, int flags) {
    return runStep(() -> new NioCopyFile(text, newText, flags).run());
  }

  /** How many descriptors are open, the standard streams not counted. */
  int openCount() {
    return files.size();
  }

  private static long runStep(Step step) {
    return run(
        () -> {
          step.run();
          return 0;
        });
  }

  private long runStepOn(int fd, FileStep step) {
    return runOn(
        fd,
        file -> {
          step.run(file);
          return 0;
        });
  }

  private static long run(Body body) {
    boolean interrupted = Thread.interrupted();
    try {
      return body.run();
    } catch (IOException | RuntimeException e) {
      return FsErrors.codeOf(e);
    } finally {
      restore(interrupted);
    }
  }

  /*
   * A channel closes itself when a thread that is interrupted uses it, which no program expects of
   * a descriptor. So an interrupt waits until the call is done. One that comes during the call
   * still ends the call (EINTR, or with what was done before), and the file with it.
   */
  // @start region="runOn"
  private long runOn(int fd, FileBody body) {
    OpenFile file = files.acquire(fd);
    if (file == null) {
      return UvError.EBADF.code();
    }
    boolean interrupted = Thread.interrupted();
    try {
      return body.run(file);
    } catch (IOException | RuntimeException e) {
      return FsErrors.codeOf(e);
    } finally {
      closeIfTorn(file);
      files.release(file);
      restore(interrupted);
    }
  }

  // @end region="runOn"

  /** An interrupt, if there is one, may have closed one of a file's channels: then all go. */
  private static void closeIfTorn(OpenFile file) {
    if (!Thread.currentThread().isInterrupted()) {
      return;
    }
    try {
      file.closeIfTorn();
    } catch (IOException e) {
      log.debug("closing {} after an interrupt failed", file, e);
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
