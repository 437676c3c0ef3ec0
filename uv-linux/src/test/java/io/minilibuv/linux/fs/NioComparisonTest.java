// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_DIRECTORY;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_NOFOLLOW;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.R_OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsStat;
import io.minilibuv.testing.LeakCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code java.nio} and the system answer to the same calls in the same tree, and what the tree
 * is then: the same.
 */
@ExtendWith(LeakCheck.class)
class NioComparisonTest {
  private static final Uv.Timespec TIME = new Uv.Timespec(1_000_000_000, 0);

  private static final FsBackend LINUX =
      Objects.requireNonNull(new LinuxFsBackendProvider().open());

  private static final List<String> PATHS =
      List.of(
          "file",
          "file/",
          "file/x",
          "file/.",
          "directory",
          "directory/",
          "directory/.",
          "directory/..",
          "empty",
          "empty/",
          "empty/.",
          "link",
          "link/",
          "way",
          "way/",
          "way/inside",
          "dangling",
          "dangling/",
          "missing",
          "missing/",
          "missing/x",
          "round",
          "round/x",
          ".",
          "..",
          "directory//inside",
          "./directory/../file",
          "x".repeat(255),
          "x".repeat(256),
          "nul\0",
          "\uD800",
          "\u00e4");

  /** A call on a path below a root. */
  @FunctionalInterface
  interface PathCall {
    long call(FsBackend fs, String root, String path);
  }

  @TempDir Path dir;

  static Map<String, PathCall> calls() {
    Map<String, PathCall> all = new LinkedHashMap<>();
    for (int flags :
        new int[] {
          O_RDONLY,
          O_RDWR,
          O_RDWR | O_CREAT,
          O_RDWR | O_CREAT | O_EXCL,
          O_RDWR | O_APPEND | O_CREAT | O_TRUNC,
          O_RDONLY | O_DIRECTORY,
          O_RDONLY | O_NOFOLLOW,
        }) {
      all.put("open " + Integer.toOctalString(flags), (fs, root, path) -> open(fs, path, flags));
    }
    all.put("unlink", (fs, root, path) -> fs.unlink(path));
    all.put("mkdir", (fs, root, path) -> fs.mkdir(path, 01755));
    all.put("rmdir", (fs, root, path) -> fs.rmdir(path));
    all.put("scandir", (fs, root, path) -> fs.scandir(path, new FsAnswer()));
    all.put("stat", (fs, root, path) -> fs.stat(path, new FsAnswer()));
    all.put("lstat", (fs, root, path) -> fs.lstat(path, new FsAnswer()));
    all.put("access", (fs, root, path) -> fs.access(path, R_OK));
    all.put("chmod", (fs, root, path) -> fs.chmod(path, 0710));
    all.put("utime", (fs, root, path) -> fs.utime(path, TIME, TIME));
    all.put("lutime", (fs, root, path) -> fs.lutime(path, TIME, TIME));
    all.put("chown", (fs, root, path) -> fs.chown(path, -1, -1));
    all.put("lchown", (fs, root, path) -> fs.lchown(path, -1, -1));
    all.put("link", (fs, root, path) -> fs.link(path, root + "new"));
    all.put("link to", (fs, root, path) -> fs.link(root + "file", path));
    all.put("symlink", (fs, root, path) -> fs.symlink("text", path));
    all.put("readlink", (fs, root, path) -> fs.readlink(path, new FsAnswer()));
    all.put("realpath", (fs, root, path) -> fs.realpath(path, new FsAnswer()));
    all.put("statfs", (fs, root, path) -> fs.statfs(path, new FsAnswer()));
    all.put("rename", (fs, root, path) -> fs.rename(path, root + "new"));
    all.put("rename over file", (fs, root, path) -> fs.rename(path, root + "file"));
    all.put("rename over empty", (fs, root, path) -> fs.rename(path, root + "empty"));
    all.put("rename file", (fs, root, path) -> fs.rename(root + "file", path));
    all.put("rename directory", (fs, root, path) -> fs.rename(root + "directory", path));
    all.put("copyfile", (fs, root, path) -> fs.copyfile(path, root + "new", 0));
    all.put("copyfile to", (fs, root, path) -> fs.copyfile(root + "file", path, 0));
    all.put("copyfile new", (fs, root, path) -> fs.copyfile(root + "file", path, COPYFILE_EXCL));
    all.put("copyfile over", (fs, root, path) -> fs.copyfile(path, root + "file", 0));
    return all;
  }

  private static long open(FsBackend fs, String path, int flags) {
    long fd = fs.open(path, flags, 0640);
    return fd < 0 ? fd : fs.close((int) fd);
  }

  static Stream<String> names() {
    return calls().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void bothAnswerTheSame(String name) {
    PathCall call = Objects.requireNonNull(calls().get(name));
    Set<String> different = new TreeSet<>();
    for (String path : PATHS) {
      String nio = run(FsBackend.nio(), "nio", call, path);
      String linux = run(LINUX, "linux", call, path);
      if (!nio.equals(linux)) {
        different.add(name + " " + path + ": java.nio " + nio + ", linux " + linux);
      }
    }
    assertThat(different).isEmpty();
  }

  /** Makes the tree, the call, and a picture of the tree; and removes it. */
  private String run(FsBackend fs, String name, PathCall call, String path) {
    String root = dir + "/" + name + "/";
    done(LINUX.mkdir(root, 0700));
    write(root + "file", "abc");
    done(LINUX.mkdir(root + "directory", 0700));
    write(root + "directory/inside", "defg");
    done(LINUX.mkdir(root + "empty", 0700));
    done(LINUX.symlink("file", root + "link"));
    done(LINUX.symlink("directory", root + "way"));
    done(LINUX.symlink("nowhere", root + "dangling"));
    done(LINUX.symlink("round", root + "round"));
    long result = call.call(fs, root, root + path);
    List<String> picture = new ArrayList<>();
    picture.add(result < 0 ? UvError.errName((int) result) : Long.toString(result));
    picture.addAll(picture(root, ""));
    remove(root);
    return picture.toString();
  }

  private static void done(long result) {
    assertThat(result).isZero();
  }

  private static void write(String path, String text) {
    int fd = (int) LINUX.open(path, O_RDWR | O_CREAT, 0600);
    assertThat(LINUX.write(fd, FaultFixture.buffers(FaultFixture.bytes(text)), 0))
        .isEqualTo(text.length());
    done(LINUX.close(fd));
  }

  private static List<String> picture(String root, String below) {
    return each(
        root + below,
        (entry, stat) -> {
          String path = below + entry.name();
          boolean set = stat.mtim().equals(TIME);
          String told = path + " " + Integer.toOctalString(stat.mode()) + " " + stat.nlink();
          String line = told + (stat.isDirectory() ? "" : " " + stat.size()) + (set ? " set" : "");
          List<String> lines = new ArrayList<>(List.of(line));
          if (stat.isDirectory()) {
            lines.addAll(picture(root, path + "/"));
          }
          return lines;
        });
  }

  private static List<String> each(
      String directory, BiFunction<Dirent, FsStat, List<String>> teller) {
    FsAnswer answer = new FsAnswer();
    assertThat(LINUX.scandir(directory, answer)).isNotNegative();
    List<String> told = new ArrayList<>();
    for (Dirent entry : answer.entries()) {
      FsAnswer stat = new FsAnswer();
      done(LINUX.lstat(directory + "/" + entry.name(), stat));
      told.addAll(teller.apply(entry, Objects.requireNonNull(stat.stat())));
    }
    return told;
  }

  private static void remove(String path) {
    each(
        path,
        (entry, stat) -> {
          String name = path + "/" + entry.name();
          if (stat.isDirectory()) {
            remove(name);
          } else {
            done(LINUX.unlink(name));
          }
          return List.of();
        });
    done(LINUX.rmdir(path));
  }
}
