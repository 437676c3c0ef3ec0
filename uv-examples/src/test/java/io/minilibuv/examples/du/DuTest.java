// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsStat;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv du} as a process, on real trees. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the trees have links of both kinds")
class DuTest {
  private static final int WIDE = 50_000;

  @TempDir private Path temp;

  @Test
  void tellsDirectoriesBeforeWhatIsInThemTheBiggestFirst() throws Exception {
    write("t/small/f", 10);
    write("t/big/f", 3000);
    write("t/big/deep/f", 100_000);
    write("t/same/f", 10);
    long directory = size("t/small");
    assertThat(du("-b", "t"))
        .containsExactly(
            103_020 + size("t") + size("t/big") + size("t/big/deep") + 2 * directory + "\tt",
            103_000 + size("t/big") + size("t/big/deep") + "\tt/big",
            100_000 + size("t/big/deep") + "\tt/big/deep",
            10 + directory + "\tt/same",
            10 + directory + "\tt/small");
    assertThat(du("-sb", "t/big", "t/small"))
        .containsExactly(
            103_000 + size("t/big") + size("t/big/deep") + "\tt/big", 10 + directory + "\tt/small");
  }

  @Test
  void tellsFilesIfAskedAndTheWorkingDirectoryIfNotAsked() throws Exception {
    write("f", 2000);
    write("g", 1000);
    long directory = size(".");
    assertThat(du("-a", "--apparent-size"))
        .containsExactly((3000 + directory + 1023) / 1024 + "\t.", "2\t./f", "1\t./g");
    assertThat(du("-ab")).containsExactly(3000 + directory + "\t.", "2000\t./f", "1000\t./g");
    assertThat(du("-ah", "--apparent-size")).contains("   2.0 KiB\t./f", "    1000 B\t./g");
    assertThat(du("f")).containsExactly("4\tf");
    assertThat(du("-h", "./f")).containsExactly("   4.0 KiB\t./f");
  }

  @Test
  void countsAFileWithSeveralNamesOnce() throws Exception {
    write("t/b/one", 5000);
    Files.createDirectories(temp.resolve("t/a"));
    Files.createLink(temp.resolve("t/a/two"), temp.resolve("t/b/one"));
    Files.createLink(temp.resolve("t/c"), temp.resolve("t/b/one"));
    assertThat(du("-ab", "t"))
        .containsExactly(
            5000 + size("t") + size("t/a") + size("t/b") + "\tt",
            5000 + size("t/a") + "\tt/a",
            "5000\tt/a/two",
            size("t/b") + "\tt/b");
    assertThat(du("-sb", "t/b", "t"))
        .containsExactly(5000 + size("t/b") + "\tt/b", size("t") + size("t/a") + "\tt");
    assertThat(du("-b", "t/c", "t/c", "t/b/one")).containsExactly("5000\tt/c");
  }

  @Test
  void followsNoLinkButOneThatIsNamedWithASlash() throws Exception {
    write("t/f", 5000);
    Files.createSymbolicLink(temp.resolve("link"), Path.of("t"));
    Files.createSymbolicLink(temp.resolve("t/self"), Path.of("../t"));
    assertThat(du("-b", "link")).containsExactly("1\tlink");
    assertThat(du("-ab", "link/"))
        .containsExactly(5004 + size("t") + "\tlink/", "5000\tlink/f", "4\tlink/self");
  }

  @Test
  void showsThoseThatTakeMostAsAPicture() throws Exception {
    write("t/a/one", 60_000);
    write("t/a/other", 59_000);
    write("t/a/third", 10_000);
    write("t/two", 30_000);
    write("t/three", 10);
    long all = 159_010 + size("t") + size("t/a");
    List<String> lines = du("-b", "--top", "3", "t");
    assertThat(lines)
        .hasSize(4)
        .first()
        .asString()
        .matches("The biggest of 7 entries, 1[56]\\d\\.\\d KiB:");
    assertThat(lines.get(1))
        .matches(" +1\\d\\d\\.\\d KiB +[78]\\d % +[\u2588-\u258f#]{40,50}  t/a");
    assertThat(lines.get(2)).matches(" +58\\.6 KiB +3\\d % +\\S+ +t/a/one");
    assertThat(lines.get(3)).matches(" +57\\.6 KiB +3\\d % +\\S+ +t/a/other");
    assertThat(all).isLessThan(180_000);
  }

  /** Each of them would be as long a bar as the next, and tell nothing. */
  @Test
  void aDirectoryThatIsMostlyOneEntryIsNotInThePicture() throws Exception {
    write("t/a/b/c/large", 900_000);
    write("t/a/b/small", 100);
    write("t/a/other/x", 90_000);
    write("t/a/other/y", 80_000);
    write("t/a/other/z", 70_000);
    assertThat(du("-b", "--top", "3", "t"))
        .extracting(line -> line.replaceAll(".* ", ""))
        .containsExactly("MiB:", "t/a/b/c/large", "t/a/other", "t/a/other/x");
  }

  /** Files with several names are counted last, when the directories' sums are told already. */
  @Test
  void aFileWithSeveralNamesMayBeMostOfADirectory() throws Exception {
    write("t/a/large", 900_000);
    Files.createLink(temp.resolve("t/a/name"), temp.resolve("t/a/large"));
    write("t/b", 10);
    assertThat(du("-b", "--top", "2", "t"))
        .extracting(line -> line.replaceAll(".* ", ""))
        .containsExactly("KiB:", "t/a/large", "t/b");
  }

  @Test
  void agreesWithASumThatIsMadeInJavaOnARandomTree() throws Exception {
    Path tree = makeRandomTree();
    long[] sums = new long[2];
    Set<Object> seen = new HashSet<>();
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            return visitFile(path, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (seen.add(attributes.fileKey())) {
              sums[0] += attributes.size();
              sums[1] += attributes.isSymbolicLink() ? 0 : (attributes.size() + 4095) / 4096 * 4096;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(du("-sb", "tree")).containsExactly(sums[0] + "\ttree");
    assertThat(du("-s", "tree")).containsExactly(sums[1] / 1024 + "\ttree");
    assertThat(du("--threads", "1", "-s", "tree")).containsExactly(sums[1] / 1024 + "\ttree");
  }

  /**
   * Whether directories count with their sizes differs between versions of GNU du, and how many
   * blocks they have between file systems: an empty one shows it.
   */
  @Test
  void agreesWithGnuDu() throws Exception {
    assumeTrue(gnuDu("--version").startsWith("du (GNU coreutils)"), "there is no GNU du");
    makeRandomTree();
    write("one/f", 1);
    long directories =
        du("-b", "tree").size() * (number(gnuDu("-sb", "one")) - number(du("-sb", "one").get(0)));
    assertThat(number(gnuDu("-sb", "tree")))
        .isEqualTo(number(du("-sb", "tree").get(0)) + directories);
    assumeTrue(
        gnuDu("-s", "one").equals("8\tone"), "files and directories do not have blocks of 4 KiB");
    assertThat(du("-s", "tree")).containsExactly(gnuDu("-s", "tree"));
    // Which of its names a file with several of them counts for is another question.
    deleteHardLinks();
    List<String> theirs = List.of(gnuDu("-a", "tree").split("\n", -1));
    assertThat(du("-a", "tree")).containsExactlyInAnyOrderElementsOf(theirs);
  }

  @Test
  void aDirectoryOfManyEntriesIsNoTrouble() throws Exception {
    Path wide = Files.createDirectories(temp.resolve("wide"));
    for (int i = 0; i < WIDE; i++) {
      Files.createFile(wide.resolve("f" + i));
    }
    Outcome outcome = Program.in(temp).run("du", "--stats", "--top=1", "wide");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out().get(0)).startsWith("The biggest of 50,001 entries, ");
    assertThat(outcome.err()).anyMatch(line -> line.matches("stats: requests +50,002 done, .*"));
  }

  /** Everything that du looks at: files of all sizes, links of both kinds, empty directories. */
  private Path makeRandomTree() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    List<Path> directories = new ArrayList<>(List.of(temp.resolve("tree")));
    List<Path> files = new ArrayList<>();
    Files.createDirectories(directories.get(0));
    for (int i = 0; i < 400; i++) {
      Path in = directories.get(random.nextInt(directories.size()));
      Path path = in.resolve("n" + i);
      switch (random.nextInt(8)) {
        case 0, 1 -> directories.add(Files.createDirectory(path));
        case 2 -> Files.createSymbolicLink(path, Path.of("n" + random.nextInt(400)));
        case 3 -> {
          if (!files.isEmpty()) {
            Files.createLink(path, files.get(random.nextInt(files.size())));
          }
        }
        default -> files.add(Files.write(path, new byte[random.nextInt(20_000)]));
      }
    }
    return directories.get(0);
  }

  private void deleteHardLinks() throws IOException {
    try (Stream<Path> all = Files.walk(temp.resolve("tree"))) {
      for (Path path : all.filter(path -> !Files.isDirectory(path)).toList()) {
        if ((int) Files.getAttribute(path, "unix:nlink", LinkOption.NOFOLLOW_LINKS) > 1) {
          Files.delete(path);
        }
      }
    }
  }

  private List<String> du(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("du"));
    line.addAll(Arrays.asList(arguments));
    Outcome outcome = Program.in(temp).run(line.toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome.out();
  }

  /** What the system's du says, without the last newline; nothing if there is none. */
  private String gnuDu(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("du"));
    line.addAll(Arrays.asList(arguments));
    File out = temp.resolve("du.out").toFile();
    try {
      Process process =
          new ProcessBuilder(line)
              .directory(temp.toFile())
              .redirectOutput(out)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Program.statusOf(process);
      return Files.readString(out.toPath()).stripTrailing();
    } catch (IOException e) {
      return "";
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.substring(0, line.indexOf('\t')));
  }

  private long size(String name) {
    FsStat stat = Fs.lstat(temp.resolve(name).toString());
    return stat.size();
  }

  private void write(String name, int size) throws IOException {
    Path path = temp.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, new byte[size]);
  }
}
