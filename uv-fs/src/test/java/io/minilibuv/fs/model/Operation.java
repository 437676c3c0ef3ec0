// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsStat;
import java.nio.ByteBuffer;
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
    FCHMOD
  }

  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final List<Integer> ACCESS = List.of(O_RDWR, O_WRONLY, O_RDONLY);
  private static final List<Integer> CREATION =
      List.of(0, O_CREAT, O_CREAT | O_EXCL, O_CREAT | O_TRUNC, O_TRUNC);

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
            pick(source, ACCESS) | pick(source, CREATION) | pick(source, List.of(0, 0, O_APPEND)),
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

  private static String path(RandomnessSource source) {
    StringBuilder path = new StringBuilder(pick(source, NAMES));
    for (int more = draw(source, 0, 4) / 2; more > 0; more--) {
      path.append('/').append(pick(source, NAMES));
    }
    return path.toString();
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
          case SYMLINK -> fs.symlink(path, root + newPath);
          case READLINK -> fs.readlink(root + path, answer);
          case SCANDIR -> fs.scandir(root + path, answer);
          case STAT -> fs.stat(root + path, answer);
          case LSTAT -> fs.lstat(root + path, answer);
          case ACCESS -> fs.access(root + path, 0);
          case CHMOD -> fs.chmod(root + path, mode);
        };
    return tell(result, answer, buffers);
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

  private String tell(long result, FsAnswer answer, ByteBuffer[] buffers) {
    if (result < 0) {
      return UvError.errName((int) result);
    }
    StringBuilder told = new StringBuilder().append(result);
    FsStat stat = answer.stat();
    if (stat != null) {
      told.append(' ').append(tell(stat));
    }
    if (answer.text() != null) {
      told.append(' ').append(answer.text());
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

  /** Of directories a file system tells sizes and names of its own. */
  private static String tell(FsStat stat) {
    String mode = "mode " + Integer.toOctalString(stat.mode());
    return stat.isDirectory() ? mode : mode + " size " + stat.size() + " names " + stat.nlink();
  }

  @Override
  public String toString() {
    String on =
        switch (call) {
          case OPEN -> path + " flags " + Integer.toOctalString(flags) + modeText();
          case CREATE, MKDIR, CHMOD -> path + modeText();
          case CLOSE, FSYNC, FSTAT -> "" + fd;
          case READ, READ_TWO, WRITE, WRITE_TWO -> fd + " at " + offset + ", " + length + " bytes";
          case FTRUNCATE -> fd + " to " + length;
          case FCHMOD -> fd + modeText();
          case RENAME, LINK, SYMLINK -> path + " " + newPath;
          case UNLINK, RMDIR, READLINK, SCANDIR, STAT, LSTAT, ACCESS -> path;
        };
    return call + " " + on;
  }

  private String modeText() {
    return " mode " + Integer.toOctalString(mode);
  }
}
