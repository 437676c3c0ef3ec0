// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.linux.Strace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each function of the file system is the system call that libuv makes for it, seen by {@code
 * strace}.
 *
 * <p>What is expected are patterns of whole calls. Where the C library of one processor takes the
 * older call, and that of another the one that begins at a directory ({@code mkdir}, {@code
 * mkdirat}), both will do.
 */
class FileSystemCallsTest {
  private static final String CALLS =
      "/^(openat|open|close|p?readv?(64)?|p?writev?(64)?|statx|stat|fstat|lstat|newfstatat|statfs"
          + "|fstatfs|ftruncate|truncate|fsync|fdatasync|f?chmod(at2?)?|[fl]?chown(at)?|utimensat"
          + "|f?access(at2?)?|rename(at2?)?|link(at)?|symlink(at)?|readlink(at)?|unlink(at)?"
          + "|mkdir(at)?|rmdir|getdents(64)?|copy_file_range|sendfile(64)?|ioctl|lseek|fcntl)$";

  private static final String DONE = " += 0";
  private static final String NEW_FD = " += \\d+";
  private static final String STATX = "AT_STATX_SYNC_AS_STAT";
  private static final String ASKED = ", STATX_(ALL|BASIC_STATS\\|STATX_BTIME), \\{.*\\}\\)" + DONE;
  private static final String VECTORS = "\\(\\d+, \\[\\{iov_base=.*\\}.*\\], ";
  private static final String LISTED = "O_RDONLY\\|O_NONBLOCK\\|O_CLOEXEC\\|O_DIRECTORY";
  private static final String FSTAT = "statx\\(\\d+, \"\", " + STATX + "\\|AT_EMPTY_PATH" + ASKED;
  private static final String CLOSE = "close\\(\\d+\\)" + DONE;
  private static final String ALL_COPIED =
      "copy_file_range\\(\\d+, \\[0\\](, | => \\[10\\], )\\d+, NULL, 10, 0\\) += 10";
  private static final List<String> DESCRIBED =
      List.of(
          "utimensat\\(\\d+, NULL, \\[\\{.*\\{.*\\], 0\\)" + DONE,
          "fchown\\(\\d+, \\d+, \\d+\\)" + DONE,
          "fchmod\\(\\d+, 0100600\\)" + DONE);

  @TempDir Path folder;

  /** A call that takes a path, or does so after a directory, the current one. */
  private static String at(String call, String rest) {
    return call + "(at2?)?\\((AT_FDCWD, )?" + rest;
  }

  private static String opened(String name, String flags) {
    return at("open", "\"" + name + "\", " + flags + "\\)" + NEW_FD);
  }

  /** By function, what the last of the program's rounds has called. */
  private Map<String, List<String>> trace(String... options)
      throws IOException, InterruptedException {
    Strace strace = new Strace(folder, CALLS);
    List<String> said = strace.run(EachFunction.class, List.of(options), folder.toString());
    assertThat(said).hasSize(2).first().isEqualTo("linux");
    // The JVM still loads a class now and then.
    Pattern ofJvm = Pattern.compile("\\w+\\((" + said.get(1).replace(' ', '|') + ")[,)].*");
    List<Strace.Call> calls = strace.calls();
    long main =
        calls.stream()
            .filter(call -> call.text().contains('"' + EachFunction.MARK))
            .mapToLong(Strace.Call::thread)
            .findFirst()
            .orElseThrow();
    Map<String, List<String>> byFunction = new TreeMap<>();
    String function = EachFunction.ASIDE;
    for (Strace.Call call : calls) {
      int mark = call.text().indexOf('"' + EachFunction.MARK);
      if (mark >= 0) {
        int begin = mark + 1 + EachFunction.MARK.length();
        function = call.text().substring(begin, call.text().indexOf('"', begin));
        byFunction.put(function, new ArrayList<>());
      } else if (call.thread() == main && !ofJvm.matcher(call.text()).matches()) {
        String text = call.text().replace(folder + "/" + EachFunction.TIMES + "/", "");
        byFunction.computeIfAbsent(function, key -> new ArrayList<>()).add(text);
      }
    }
    byFunction.remove(EachFunction.ASIDE);
    return byFunction;
  }

  private static Map<String, List<String>> expected() {
    Map<String, List<String>> all = new TreeMap<>();
    addTransfers(all);
    addOnOpenFile(all);
    addOnPaths(all);
    addCopies(all);
    addDirectories(all);
    return all;
  }

  private static void addTransfers(Map<String, List<String>> all) {
    all.put("write", List.of("write\\(\\d+, \"hello\", 5\\) += 5"));
    all.put("write at", List.of("pwrite64\\(\\d+, \"hello\", 5, 7\\) += 5"));
    all.put("write several", List.of("writev" + VECTORS + "2\\) += 5"));
    all.put("write several at", List.of("pwritev" + VECTORS + "2, 3\\) += 5"));
    all.put(
        "write many",
        List.of("writev" + VECTORS + "1024\\) += 2048", "writev" + VECTORS + "476\\) += 952"));
    all.put(
        "write many at",
        List.of(
            "pwritev" + VECTORS + "1024, 5\\) += 2048",
            "pwritev" + VECTORS + "476, 2053\\) += 952"));
    all.put("read", List.of("read\\(\\d+, \".*\", 4\\) += 4"));
    all.put("read at", List.of("pread64\\(\\d+, \".*\", 4, 0\\) += 4"));
    all.put("read direct at", List.of("pread64\\(\\d+, \".*\", 4, 1\\) += 4"));
    all.put("read several", List.of("readv" + VECTORS + "2\\) += 6"));
    all.put("read several at", List.of("preadv" + VECTORS + "2, 2\\) += 6"));
    // What is beyond 1,024 buffers is left to the next read.
    all.put("read many", List.of("readv" + VECTORS + "1024\\) += 1024"));
    all.put("read many at", List.of("preadv" + VECTORS + "1024, 3\\) += 1024"));
  }

  private static void addOnOpenFile(Map<String, List<String>> all) {
    all.put("open", List.of(opened("file", "O_RDWR\\|O_CREAT\\|O_TRUNC\\|O_CLOEXEC, 0600")));
    all.put("close", List.of(CLOSE));
    all.put("fstat", List.of(FSTAT));
    all.put("ftruncate", List.of("ftruncate\\(\\d+, 10\\)" + DONE));
    all.put("fsync", List.of("fsync\\(\\d+\\)" + DONE));
    all.put("fdatasync", List.of("fdatasync\\(\\d+\\)" + DONE));
    all.put("fchmod", List.of("fchmod\\(\\d+, 0640\\)" + DONE));
    all.put("fchown", List.of("fchown\\(\\d+, -1, -1\\)" + DONE));
    all.put(
        "futime",
        List.of(
            "utimensat\\(\\d+, NULL, \\[\\{tv_sec=12, tv_nsec=500000000\\}.*, UTIME_NOW\\], 0\\)"
                + DONE));
    all.put(
        "sendfile",
        List.of("copy_file_range\\(\\d+, \\[2\\](, | => \\[10\\], )\\d+, NULL, 8, 0\\) += 8"));
  }

  private static void addOnPaths(Map<String, List<String>> all) {
    all.put("stat", List.of("statx\\(AT_FDCWD, \"file\", " + STATX + ASKED));
    all.put(
        "lstat",
        List.of("statx\\(AT_FDCWD, \"file\", " + STATX + "\\|AT_SYMLINK_NOFOLLOW" + ASKED));
    all.put("statfs", List.of("statfs\\(\"file\", \\{.*\\}\\)" + DONE));
    all.put("access", List.of("f?" + at("access", "\"file\", R_OK\\)" + DONE)));
    all.put("chmod", List.of("f?" + at("chmod", "\"file\", 0600\\)" + DONE)));
    all.put("chown", List.of("f?" + at("chown", "\"file\", -1, -1(, 0)?\\)" + DONE)));
    all.put(
        "lchown",
        List.of("[fl]?" + at("chown", "\"file\", -1, -1(, AT_SYMLINK_NOFOLLOW)?\\)" + DONE)));
    all.put(
        "utime",
        List.of(
            "utimensat\\(AT_FDCWD, \"file\", \\[\\{tv_sec=12, tv_nsec=250000000\\}.*,"
                + " UTIME_OMIT\\], 0\\)"
                + DONE));
    all.put(
        "lutime",
        List.of("utimensat\\(AT_FDCWD, \"file\", \\[.*\\], AT_SYMLINK_NOFOLLOW\\)" + DONE));
    all.put("symlink", List.of("symlink(at)?\\(\"file\", (AT_FDCWD, )?\"symbolic\"\\)" + DONE));
    all.put("readlink", List.of(at("readlink", "\"symbolic\", \"file\", \\d+\\) += 4")));
    all.put("link", List.of(at("link", "\"file\", (AT_FDCWD, )?\"hard\"(, 0)?\\)" + DONE)));
    all.put("rename", List.of(at("rename", "\"hard\", (AT_FDCWD, )?\"renamed\"(, 0)?\\)" + DONE)));
    all.put("unlink", List.of(at("unlink", "\"renamed\"(, 0)?\\)" + DONE)));
    all.put(
        "mkstemp", List.of(opened("file\\w{6}", "O_RDWR\\|O_CREAT\\|O_EXCL\\|O_CLOEXEC, 0600")));
  }

  /** Differs from C, which opens the target once, without {@code O_EXCL}: docs/linux.md. */
  private static void addCopies(Map<String, List<String>> all) {
    String source = opened("file", "O_RDONLY\\|O_CLOEXEC");
    String made = "O_WRONLY\\|O_CREAT\\|O_EXCL\\|O_CLOEXEC, 0100600";
    String emptied = "ftruncate\\(\\d+, 0\\)" + DONE;
    List<String> fresh =
        new ArrayList<>(List.of(source, FSTAT, opened("copy", made), FSTAT, emptied));
    fresh.addAll(DESCRIBED);
    fresh.addAll(List.of(ALL_COPIED, CLOSE, CLOSE));
    all.put("copyfile", fresh);
    List<String> over =
        new ArrayList<>(
            List.of(
                source,
                FSTAT,
                at("open", "\"copy\", " + made + "\\) += -1 EEXIST.*"),
                opened("copy", "O_WRONLY\\|O_CLOEXEC"),
                FSTAT,
                "fchmod\\(\\d+, 0100600\\)" + DONE,
                emptied));
    over.addAll(DESCRIBED);
    over.addAll(
        List.of("ioctl\\(\\d+, .*FICLONE.*, \\d+\\) += (0|-1 .*)", ALL_COPIED, CLOSE, CLOSE));
    all.put("copyfile over", over);
    List<String> exclusive = new ArrayList<>(List.of(source, FSTAT, opened("other", made)));
    exclusive.addAll(DESCRIBED);
    exclusive.addAll(List.of(ALL_COPIED, CLOSE, CLOSE));
    all.put("copyfile exclusive", exclusive);
  }

  private static void addDirectories(Map<String, List<String>> all) {
    all.put("mkdir", List.of(at("mkdir", "\"directory\", 0755\\)" + DONE)));
    all.put(
        "rmdir",
        List.of("(rmdir\\(|unlinkat\\(AT_FDCWD, )\"directory\"(, AT_REMOVEDIR)?\\)" + DONE));
    all.put("mkdtemp", List.of(at("mkdir", "\"folder\\w{6}\", 0700\\)" + DONE)));
    String some = "getdents64\\(\\d+, .*, 32768\\) += [1-9]\\d*";
    String none = "getdents64\\(\\d+, .*, 32768\\) += 0";
    all.put("scandir", List.of(opened("", LISTED), some, none, CLOSE));
    all.put("opendir", List.of(opened("", LISTED)));
    all.put("readdir", List.of(some));
    all.put("readdir, from memory", List.of());
    all.put("readdir, to the end", List.of(none));
    all.put("closedir", List.of(CLOSE));
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void eachFunctionIsTheCallThatLibuvMakes() throws Exception {
    Map<String, List<String>> called = trace();
    // What the C library makes of realpath is its own affair: it looks at each part of the path.
    assertThat(called.remove("realpath"))
        .isNotEmpty()
        .allSatisfy(
            call -> assertThat(call).matches("(readlink|lstat|open|close|statx|newfstatat).*"));
    Map<String, List<String>> expected = expected();
    assertThat(called.keySet()).isEqualTo(expected.keySet());
    assertThat(expected)
        .allSatisfy(
            (function, patterns) -> {
              String pattern = String.join("\n", patterns);
              assertThat(String.join("\n", called.get(function))).as(function).matches(pattern);
            });
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void whereTheKernelCannotCopyAFileIsSent() throws Exception {
    List<String> called = trace("-e", "inject=copy_file_range:error=EXDEV").get("sendfile");
    assertThat(called).hasSize(2);
    assertThat(called.get(0)).startsWith("copy_file_range(").contains("EXDEV");
    assertThat(called.get(1)).matches("sendfile(64)?\\(\\d+, \\d+, \\[2\\] => \\[10\\], 8\\) += 8");
  }

  @Test
  @EnabledIf(value = Strace.WORKS, disabledReason = Strace.ABSENT)
  void whereItCannotSendEitherBytesGoThroughMemory() throws Exception {
    List<String> called =
        trace("-e", "inject=copy_file_range:error=ENOSYS", "-e", "inject=sendfile:error=EINVAL")
            .get("sendfile");
    // The first round has found out for good that there is no copy_file_range.
    assertThat(called).hasSize(3);
    assertThat(called.get(0)).startsWith("sendfile").contains("EINVAL");
    assertThat(called.get(1)).matches("pread64\\(\\d+, \".*\", 8, 2\\) += 8");
    assertThat(called.get(2)).matches("write\\(\\d+, \".*\", 8\\) += 8");
  }
}
