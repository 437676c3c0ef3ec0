// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_NOFOLLOW;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.FsTime;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.quicktheories.core.Gen;
import org.quicktheories.core.RandomnessSource;
import org.quicktheories.impl.Constraint;

/**
 * One call with its arguments, to be made on any backend. Which of the arguments matter is up to
 * the call.
 */
record Operation(
    Call call, String path, String newPath, int fd, int flags, int mode, int offset, int length) {

  /** How often a call stands here is how often it is made. */
  enum Call {
    OPEN,
    CREATE,
    MKDIR,
    WRITE,
    READ,
    WRITE_TWO,
    READ_TWO,
    CLOSE,
    UNLINK,
    RMDIR,
    RENAME,
    LINK,
    SYMLINK,
    READLINK,
    SCANDIR,
    STAT,
    LSTAT,
    FSTAT,
    FTRUNCATE,
    FSYNC,
    ACCESS,
    CHMOD,
    FCHMOD,
    OPENDIR,
    REALPATH,
    CHOWN,
    LCHOWN,
    FCHOWN,
    UTIME,
    LUTIME,
    FUTIME,
    SENDFILE,
    COPYFILE
  }

  /** The first of the times that are set; all that are not set are later than all of these. */
  private static final long EARLY = 1_000_000_000;

  private static final long LATE = 1_500_000_000;

  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<Integer> ACCESS = List.of(O_RDWR, O_WRONLY, O_RDONLY);
  private static final List<Integer> CREATION =
      List.of(0, O_CREAT, O_CREAT | O_EXCL, O_CREAT | O_TRUNC, O_TRUNC);

  private static final List<Integer> MORE =
      List.of(0, 0, 0, 0, 0, 0, O_APPEND, O_APPEND, O_APPEND, O_NOFOLLOW);

  /** What the owner needs is always there: the tests are not only run by root. */
  private static final List<Integer> MODES = List.of(0700, 0755, 0777, 0711, 0764);

  /** Any call with any arguments; the simpler ones are those that are drawn with small numbers. */
  static Gen<Operation> any() {
    return source ->
        new Operation(
            pick(source, List.of(Call.values())),
            path(source),
            path(source),
            draw(source, 3, 6),
            pick(source, ACCESS) | pick(source, CREATION) | pick(source, MORE),
            pick(source, MODES),
            draw(source, -1, 6),
            draw(source, 0, 5));
  }

  private static int draw(RandomnessSource source, int least, int most) {
    return (int) source.next(Constraint.between(least, most).withShrinkPoint(least));
  }

  private static <T> T pick(RandomnessSource source, List<T> of) {
    return of.get(draw(source, 0, of.size() - 1));
  }

  /** Mostly plain names; now and then one that is walked and not looked up, or ends in a slash. */
  private static String path(RandomnessSource source) {
    StringBuilder path = new StringBuilder(pick(source, NAMES));
    for (int more = draw(source, 0, 4) / 2; more > 0; more--) {
      int odd = draw(source, 0, 15);
      path.append('/').append(odd == 15 ? ".." : odd == 14 ? "." : pick(source, NAMES));
    }
    return draw(source, 0, 15) == 15 ? path.append('/').toString() : path.toString();
  }

  private Uv.Timespec accessed() {
    return new Uv.Timespec(EARLY + length, 0);
  }

  private Uv.Timespec modified() {
    return switch (offset) {
      case -1 -> FsTime.OMIT;
      case 6 -> FsTime.NOW;
      default -> new Uv.Timespec(EARLY + offset, 0);
    };
  }

  /** The text of a link; a slash at its end would be lost on {@code java.nio}. */
  private String text() {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private int otherFd() {
    return 3 + length % 4;
  }

  private int sent() {
    return 1 + mode % 8;
  }

  private int copyFlags() {
    return length % 2 == 0 ? 0 : COPYFILE_EXCL;
  }

  /** Makes the call on files below {@code root}, and tells all that it has answered. */
  String run(FsBackend fs, String root) {
    FsAnswer answer = new FsAnswer();
    ByteBuffer[] buffers = buffers();
    long result =
        switch (call) {
          case OPEN -> fs.open(root + path, flags, mode);
          case CREATE -> fs.open(root + path, O_RDWR | O_CREAT, mode);
          case CLOSE -> fs.close(fd);
          case READ, READ_TWO -> fs.read(fd, buffers, offset);
          case WRITE, WRITE_TWO -> fs.write(fd, buffers, offset);
          case FTRUNCATE -> fs.ftruncate(fd, length);
          case FSYNC -> fs.fsync(fd);
          case FSTAT -> fs.fstat(fd, answer);
          case FCHMOD -> fs.fchmod(fd, mode);
          case UNLINK -> fs.unlink(root + path);
          case MKDIR -> fs.mkdir(root + path, mode);
          case RMDIR -> fs.rmdir(root + path);
          case RENAME -> fs.rename(root + path, root + newPath);
          case LINK -> fs.link(root + path, root + newPath);
          case SYMLINK -> fs.symlink(text(), root + newPath);
          case READLINK -> fs.readlink(root + path, answer);
          case SCANDIR -> fs.scandir(root + path, answer);
          case STAT -> fs.stat(root + path, answer);
          case LSTAT -> fs.lstat(root + path, answer);
          case ACCESS -> fs.access(root + path, length);
          case CHMOD -> fs.chmod(root + path, mode);
          case OPENDIR -> readAll(fs, root + path, answer);
          case REALPATH -> fs.realpath(root + path, answer);
          case CHOWN -> fs.chown(root + path, -1, -1);
          case LCHOWN -> fs.lchown(root + path, -1, -1);
          case FCHOWN -> fs.fchown(fd, -1, -1);
          case UTIME -> fs.utime(root + path, accessed(), modified());
          case LUTIME -> fs.lutime(root + path, accessed(), modified());
          case FUTIME -> fs.futime(fd, accessed(), modified());
          case SENDFILE -> fs.sendfile(fd, otherFd(), Math.max(0, offset), sent());
          case COPYFILE -> fs.copyfile(root + path, root + newPath, copyFlags());
        };
    return tell(result, answer, buffers, root);
  }

  /** Reads a directory in parts, which come in any order. */
  private long readAll(FsBackend fs, String path, FsAnswer answer) {
    long result = fs.opendir(path, answer);
    FsDir opened = answer.dir();
    if (opened == null) {
      return result;
    }
    List<Dirent> all = new ArrayList<>();
    FsAnswer part = new FsAnswer();
    while (fs.readdir(opened, 1 + length, part) > 0) {
      all.addAll(part.entries());
    }
    all.sort(Comparator.comparing(Dirent::name));
    answer.entries(all);
    return fs.closedir(opened);
  }

  /** What is written differs from operation to operation, as far as that goes. */
  private ByteBuffer[] buffers() {
    String text = (path + newPath).replace("/", "").repeat(3).substring(0, length);
    ByteBuffer[] buffers = new ByteBuffer[call.name().endsWith("TWO") ? 2 : 1];
    for (int i = 0; i < buffers.length; i++) {
      boolean writes = call.name().startsWith("WRITE");
      buffers[i] =
          writes ? ByteBuffer.wrap(text.getBytes(US_ASCII)) : ByteBuffer.allocate(length + i);
    }
    return buffers;
  }

  private String tell(long result, FsAnswer answer, ByteBuffer[] buffers, String root) {
    if (result < 0) {
      return UvError.errName((int) result);
    }
    StringBuilder told = new StringBuilder().append(result);
    FsStat stat = answer.stat();
    if (stat != null) {
      told.append(' ').append(tell(stat));
    }
    String text = answer.text();
    if (text != null) {
      boolean below = call == Call.REALPATH && !root.isEmpty();
      told.append(' ').append(below ? text.substring(root.length() - 1) : text);
    }
    if (!answer.entries().isEmpty()) {
      told.append(' ').append(answer.entries());
    }
    if (call == Call.READ || call == Call.READ_TWO) {
      long left = result;
      for (ByteBuffer buffer : buffers) {
        // A backend may move the buffers or not: what it has read is at their beginning.
        int count = (int) Math.min(left, buffer.capacity());
        told.append(" '").append(US_ASCII.decode(buffer.duplicate().clear().limit(count)));
        left -= count;
      }
    }
    return told.toString();
  }

  /** Of directories a file system tells sizes, names and times of its own. */
  static String tell(FsStat stat) {
    String mode = "mode " + Integer.toOctalString(stat.mode());
    if (stat.isDirectory()) {
      return mode;
    }
    long seconds = stat.mtim().seconds();
    String modified = seconds < LATE ? Long.toString(seconds) : "late";
    return mode + " size " + stat.size() + " names " + stat.nlink() + " modified " + modified;
  }

  @Override
  public String toString() {
    String on =
        switch (call) {
          case OPEN -> path + " flags " + Integer.toOctalString(flags) + modeText();
          case CREATE, MKDIR, CHMOD -> path + modeText();
          case CLOSE, FSYNC, FSTAT, FCHOWN -> "" + fd;
          case READ, READ_TWO, WRITE, WRITE_TWO -> fd + " at " + offset + ", " + length + " bytes";
          case FTRUNCATE -> fd + " to " + length;
          case FCHMOD -> fd + modeText();
          case SYMLINK -> text() + " " + newPath;
          case RENAME, LINK -> path + " " + newPath;
          case COPYFILE -> path + " " + newPath + " flags " + copyFlags();
          case SENDFILE -> fd + " from " + otherFd() + " at " + offset + ", " + sent() + " bytes";
          case UTIME, LUTIME -> path + " to " + accessed() + " " + modified();
          case FUTIME -> fd + " to " + accessed() + " " + modified();
          case ACCESS -> path + " for " + length;
          case UNLINK, RMDIR, READLINK, REALPATH, SCANDIR, OPENDIR, STAT, LSTAT, CHOWN, LCHOWN ->
              path;
        };
    return call + " " + on;
  }

  private String modeText() {
    return " mode " + Integer.toOctalString(mode);
  }
}
