// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.F_OK;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.R_OK;
import static io.minilibuv.fs.FsFlags.W_OK;
import static io.minilibuv.fs.FsFlags.X_OK;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsStat;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** How paths are walked, the same for all calls that take one. */
abstract class PathContract extends ContractFixture {
  private static final Uv.Timespec TIME = new Uv.Timespec(1, 0);

  /** Those that make what they are told the name of. */
  private static final Set<String> MAKING =
      Set.of("open to create", "mkdir", "link to", "symlink to", "copyfile to", "rename to");

  /** Those that look below what they are told. */
  private static final Set<String> BELOW = Set.of("mkdtemp", "mkstemp");

  /** Those that ask for the name itself, be it a link's. */
  private static final Set<String> OF_THE_NAME =
      Set.of("unlink", "rmdir", "lstat", "lutime", "lchown", "link", "readlink", "rename");

  /** A call about a path. */
  @FunctionalInterface
  private interface PathCall {
    long call(FsBackend fs, String path);
  }

  /** All calls, by name, on a directory that has a {@code file} and no {@code new}. */
  private Map<String, PathCall> calls() {
    Map<String, PathCall> all = new LinkedHashMap<>();
    all.put("open", (fs, path) -> fs.open(path, O_RDONLY, 0));
    all.put("open to create", (fs, path) -> fs.open(path, O_RDWR | O_CREAT, 0600));
    all.put("unlink", FsBackend::unlink);
    all.put("mkdir", (fs, path) -> fs.mkdir(path, 0700));
    all.put("rmdir", FsBackend::rmdir);
    all.put("scandir", (fs, path) -> fs.scandir(path, new FsAnswer()));
    all.put("opendir", (fs, path) -> fs.opendir(path, new FsAnswer()));
    all.put("stat", (fs, path) -> fs.stat(path, new FsAnswer()));
    all.put("lstat", (fs, path) -> fs.lstat(path, new FsAnswer()));
    all.put("access", (fs, path) -> fs.access(path, R_OK));
    all.put("chmod", (fs, path) -> fs.chmod(path, 0600));
    all.put("utime", (fs, path) -> fs.utime(path, TIME, TIME));
    all.put("lutime", (fs, path) -> fs.lutime(path, TIME, TIME));
    all.put("chown", (fs, path) -> fs.chown(path, -1, -1));
    all.put("lchown", (fs, path) -> fs.lchown(path, -1, -1));
    all.put("link", (fs, path) -> fs.link(path, at("new")));
    all.put("link to", (fs, path) -> fs.link(at("file"), path));
    all.put("symlink to", (fs, path) -> fs.symlink("text", path));
    all.put("readlink", (fs, path) -> fs.readlink(path, new FsAnswer()));
    all.put("realpath", (fs, path) -> fs.realpath(path, new FsAnswer()));
    all.put("rename", (fs, path) -> fs.rename(path, at("new")));
    all.put("rename to", (fs, path) -> fs.rename(at("file"), path));
    all.put("statfs", (fs, path) -> fs.statfs(path, new FsAnswer()));
    all.put("copyfile", (fs, path) -> fs.copyfile(path, at("new"), 0));
    all.put("copyfile to", (fs, path) -> fs.copyfile(at("file"), path, 0));
    all.put("mkdtemp", (fs, path) -> fs.mkdtemp(path + "/tXXXXXX", new FsAnswer()));
    all.put("mkstemp", (fs, path) -> fs.mkstemp(path + "/tXXXXXX", new FsAnswer()));
    return all;
  }

  /** What each call answers to each path, but for those that have {@code expected}. */
  private Map<String, String> others(
      Predicate<String> called, UvError expected, Collection<String> paths) {
    Map<String, String> others = new TreeMap<>();
    for (String path : paths) {
      calls()
          .forEach(
              (name, call) -> {
                String answer = called.test(name) ? told(call.call(fs, path)) : expected.name();
                if (!answer.equals(expected.name())) {
                  others.put(name + " " + path, answer);
                }
              });
    }
    return others;
  }

  private static boolean all(String name) {
    return !name.isEmpty();
  }

  @Test
  void anEmptyPathIsMissing() {
    file("file", "abc");
    assertThat(others(name -> !BELOW.contains(name), UvError.ENOENT, List.of(""))).isEmpty();
    fails(UvError.ENOENT, fs.symlink("", at("new")));
  }

  /** C would end the path there, and so mean another. */
  @Test
  void aPathWithANulIsRefused() {
    file("file", "abc");
    List<String> paths = List.of("\0", at("fi\0le"), at("file\0"), at("missing/\0"));
    assertThat(others(PathContract::all, UvError.EINVAL, paths)).isEmpty();
    fails(UvError.EINVAL, fs.symlink("te\0xt", at("new")));
    assertThat(scandir(at(""))).hasSize(1);
  }

  @Test
  void aNameOrAPathIsTooLong() {
    file("file", "abc");
    String name = at("n".repeat(256));
    String path = dir + "/n".repeat(5_000);
    assertThat(others(PathContract::all, UvError.ENAMETOOLONG, List.of(name, name + "/x")))
        .isEmpty();
    // realpath walks step by step, and finds the first one missing.
    assertThat(others(call -> !call.equals("realpath"), UvError.ENAMETOOLONG, List.of(path)))
        .isEmpty();
    close(open(at("n".repeat(255)), O_RDWR | O_CREAT));
  }

  @Test
  void whatIsMissingIsMissing() {
    file("file", "abc");
    List<String> paths = List.of(at("missing/x"), at("missing/x/y"));
    assertThat(others(PathContract::all, UvError.ENOENT, paths)).isEmpty();
    assertThat(others(name -> !MAKING.contains(name), UvError.ENOENT, List.of(at("missing"))))
        .isEmpty();
  }

  @Test
  void aFileIsNoDirectory() {
    file("file", "abc");
    symlink("file", "link");
    List<String> paths = List.of(at("file/x"), at("link/x"), at("file/x/y"), at("file/./x"));
    assertThat(others(PathContract::all, UvError.ENOTDIR, paths)).isEmpty();
    List<String> slashes = List.of(at("file/"), at("link/"), at("file/."));
    Set<String> creating = Set.of("open to create", "mkdir", "link to", "symlink to");
    assertThat(
            others(
                name -> !creating.contains(name) && !name.equals("copyfile to"),
                UvError.ENOTDIR,
                slashes))
        .isEmpty();
  }

  @Test
  void linksThatGoRoundAreALoop() {
    file("file", "abc");
    symlink("round", "about");
    symlink("about", "round");
    assertThat(others(PathContract::all, UvError.ELOOP, List.of(at("round/x")))).isEmpty();
    assertThat(
            others(
                name -> !MAKING.contains(name) && !OF_THE_NAME.contains(name),
                UvError.ELOOP,
                List.of(at("round"))))
        .isEmpty();
    fails(UvError.ELOOP, fs.open(at("round"), O_RDWR | O_CREAT, 0600));
    fails(UvError.ELOOP, fs.copyfile(at("file"), at("round"), 0));
  }

  @Test
  void linksAreFollowedOnTheWayAndDotsAreWalked() {
    directory("directory");
    directory("directory/below");
    file("directory/file", "abc");
    symlink("directory/below", "way");
    assertThat(content(at("way/../file"))).isEqualTo("abc");
    assertThat(content(at("./directory//./file"))).isEqualTo("abc");
    assertThat(content(at("way/./.././below/..//file"))).isEqualTo("abc");
    assertThat(lstat(at("way")).isSymbolicLink()).isTrue();
    assertThat(lstat(at("way/")).isDirectory()).isTrue();
    assertThat(lstat(at("way/.")).isDirectory()).isTrue();
  }

  @Test
  void manyLinksAreFollowed() {
    file("0", "abc");
    for (int i = 1; i <= 40; i++) {
      symlink(Integer.toString(i - 1), Integer.toString(i));
    }
    assertThat(content(at("30"))).isEqualTo("abc");
    assertThat(realpath(at("30"))).isEqualTo(realpath(at("0")));
  }

  @Test
  void aDeepTreeIsWalked() {
    StringBuilder path = new StringBuilder(dir.toString());
    for (int i = 0; i < 200; i++) {
      path.append("/d").append(i);
      done(fs.mkdir(path.toString(), 0700));
    }
    assertThat(stat(path.toString()).isDirectory()).isTrue();
    assertThat(realpath(path.toString())).endsWith("/d198/d199");
    for (int i = 0; i < 200; i++) {
      done(fs.rmdir(path.toString()));
      path.setLength(path.lastIndexOf("/"));
    }
  }

  @Test
  void namesAreAnyText() {
    Charset names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    List<String> tried =
        List.of(
                " ",
                "-",
                "...",
                "a b",
                "a\nb",
                "*?[",
                "\\",
                "\"'`$",
                "\u00e4\u00df",
                "\u65e5\u672c")
            .stream()
            .filter(name -> names.newEncoder().canEncode(name))
            .toList();
    for (String name : tried) {
      file(name, name.equals("-") ? "minus" : "");
      assertThat(lstat(at(name)).isRegularFile()).as(name).isTrue();
    }
    assertThat(scandir(dir.toString()))
        .extracting(Dirent::name)
        .containsExactlyInAnyOrderElementsOf(tried);
    assertThat(content(at("-"))).isEqualTo("minus");
    for (String name : tried) {
      done(fs.unlink(at(name)));
    }
    assertThat(scandir(dir.toString())).isEmpty();
  }

  @Test
  void realpathHasNoLinksNoDotsAndNoSlashAtTheEnd() {
    directory("directory");
    file("directory/file", "abc");
    symlink(at("directory"), "absolute");
    symlink("absolute/./file", "link");
    String root = realpath(dir.toString());
    assertThat(root).startsWith("/").doesNotEndWith("/");
    assertThat(realpath(at("link"))).isEqualTo(root + "/directory/file");
    assertThat(realpath(at("absolute/../absolute//"))).isEqualTo(root + "/directory");
    assertThat(realpath("/")).isEqualTo("/");
    assertThat(realpath("/..")).isEqualTo("/");
  }

  @Test
  void accessTellsWhatMayBeDone() {
    String path = file("file", "abc");
    done(fs.access(path, F_OK));
    done(fs.access(path, R_OK | W_OK));
    done(fs.chmod(path, 0600));
    // Not even root runs what nobody may run.
    fails(UvError.EACCES, fs.access(path, X_OK));
    fails(UvError.EACCES, fs.access(path, X_OK | R_OK));
    done(fs.chmod(path, 0700));
    done(fs.access(path, R_OK | W_OK | X_OK));
    done(fs.access(dir.toString(), X_OK));
    symlink("nowhere", "dangling");
    fails(UvError.ENOENT, fs.access(at("dangling"), F_OK));
    for (int mode : new int[] {8, -1, 16 | R_OK, Integer.MIN_VALUE}) {
      fails(UvError.EINVAL, fs.access(path, mode));
      fails(UvError.EINVAL, fs.access(at("missing"), mode));
    }
  }

  /** Whatever fails, fails with nothing done. */
  @Test
  void failuresLeaveEverythingAsItWas() {
    file("file", "abc");
    symlink("round", "round");
    FsStat before = stat(at("file"));
    others(PathContract::all, UvError.ENOENT, List.of(at("missing/x"), at("round/x"), "\0"));
    assertThat(stat(at("file")).mtim()).isEqualTo(before.mtim());
    assertThat(stat(at("file")).mode()).isEqualTo(before.mode());
    assertThat(scandir(dir.toString())).extracting(Dirent::name).containsExactly("file", "round");
  }
}
