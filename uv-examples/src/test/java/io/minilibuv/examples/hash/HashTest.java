// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.examples.Program;
import io.minilibuv.examples.Program.Outcome;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code uv hash} as a process: what it prints, and what it makes of what others have printed. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the names have all that Unix allows")
class HashTest {
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir private Path temp;

  @Test
  void printsWhatJavaFindsForARandomTreeInTheOrderOfThePaths() throws Exception {
    List<String> expected = expectedOf(makeRandomTree());
    assertThat(hash("tree")).isEqualTo(expected);
    assertThat(hash("--jobs", "1", "--threads", "1", "tree/")).isEqualTo(expected);
    assertThat(hash("-j40", "-t16", "tree")).isEqualTo(expected);
  }

  @Test
  void filesComeInTheOrderInWhichTheyAreNamed() throws Exception {
    List<String> both = List.of(line(make("b", 10)), line(make("a", 300_000)));
    assertThat(hash("b", "a")).isEqualTo(both);
    assertThat(hash("--jobs=1", "a", "b", "a"))
        .containsExactly(both.get(1), both.get(0), both.get(1));
  }

  /** Each would have two buffers, and there is not the memory for all of them. */
  @Test
  void withMoreJobsThanMemoryHasBuffersForFewerAreUnderWay() throws Exception {
    for (int i = 0; i < 100; i++) {
      Files.writeString(temp.resolve("f" + i), "content");
    }
    Outcome outcome =
        Program.in(temp)
            .withJava("-XX:MaxDirectMemorySize=1m")
            .run("hash", "-j", "1024", temp.toString());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).hasSize(100);
  }

  @Test
  void standardInputIsAFileLikeAnyOther() throws Exception {
    Path file = make("file", 700_000);
    String expected = digest(file) + "  -";
    assertThat(feed(file, "hash")).containsExactly(expected);
    assertThat(feed(file, "hash", "-")).containsExactly(expected);
    Files.createFile(temp.resolve("empty"));
    assertThat(feed(file, "hash", "empty", "-", "file"))
        .containsExactly(EMPTY + "  empty", expected, line(file));
    Process piped =
        Program.in(temp)
            .under(List.of("sh", "-c", "cat file | \"$@\" >out", "sh"))
            .builder("hash")
            .start();
    assertThat(Program.statusOf(piped)).isZero();
    assertThat(temp.resolve("out")).hasContent(expected);
  }

  @Test
  void namesWithWhatWouldEndALineAreEscaped() throws Exception {
    make("new\nline", 1);
    make("back\\slash", 1);
    make("return\r", 1);
    String hex = digest(temp.resolve("return\r"));
    List<String> lines = hash("new\nline", "back\\slash", "return\r");
    assertThat(lines)
        .containsExactly(
            "\\" + hex + "  new\\nline",
            "\\" + hex + "  back\\\\slash",
            "\\" + hex + "  return\\r");
    Files.write(temp.resolve("sums"), lines);
    assertThat(Files.readString(checkTo("sums")))
        .isEqualTo("\\new\\nline: OK\nback\\slash: OK\nreturn\r: OK\n");
  }

  @Test
  void checksWhatItHasPrinted() throws Exception {
    Path tree = makeRandomTree();
    Files.write(temp.resolve("sums"), hash("tree"));
    List<String> verdicts = hash("--check", "sums");
    assertThat(verdicts).isNotEmpty().hasSize(count(tree)).allMatch(line -> line.endsWith(": OK"));
    assertThat(feed(temp.resolve("sums"), "hash", "-c", "-")).isEqualTo(verdicts);
  }

  @Test
  void saysWhatHasChangedOrGone() throws Exception {
    for (String name : new String[] {"same", "other", "gone"}) {
      make(name, 100);
    }
    List<String> sums = new ArrayList<>(hash("same", "other", "gone"));
    sums.add("SHA256 (same) = " + digest(temp.resolve("same")).toUpperCase(Locale.ROOT));
    Files.write(temp.resolve("sums"), sums);
    Files.writeString(temp.resolve("other"), "something else");
    Files.delete(temp.resolve("gone"));
    Outcome outcome = Program.in(temp).run("hash", "--check", "sums");
    assertThat(outcome.out())
        .containsExactly("same: OK", "other: FAILED", "gone: FAILED open or read", "same: OK");
    assertThat(outcome.err())
        .containsExactly(
            "uv: hash: ENOENT: no such file or directory, open 'gone'",
            "uv: hash: 1 file differs from sums",
            "uv: hash: 1 file could not be read");
    assertThat(outcome.status()).isEqualTo(1);
  }

  @Test
  void agreesWithSha256sumInBothDirections() throws Exception {
    assumeTrue(sha256sum("--version").startsWith("sha256sum (GNU"), "there is no GNU sha256sum");
    List<String> names = new ArrayList<>(List.of("sha256sum"));
    try (Stream<Path> files = Files.walk(makeRandomTree())) {
      files
          .filter(Files::isRegularFile)
          .forEach(file -> names.add(temp.relativize(file).toString()));
    }
    String theirs = sha256sum(names.subList(1, names.size()).toArray(String[]::new));
    assertThat(hash(names.subList(1, names.size()).toArray(String[]::new)))
        .containsExactly(theirs.split("\n", -1));
    Files.write(temp.resolve("ours"), hash("tree"));
    assertThat(sha256sum("--check", "--strict", "ours").split("\n", -1))
        .hasSameSizeAs(names.subList(1, names.size()))
        .allMatch(line -> line.endsWith(": OK"));
    Files.writeString(temp.resolve("theirs"), theirs + "\n");
    Files.writeString(
        temp.resolve("tagged"),
        sha256sum(
            Stream.concat(Stream.of("--tag"), names.stream().skip(1)).toArray(String[]::new)));
    assertThat(Files.readString(checkTo("theirs")).stripTrailing())
        .isEqualTo(sha256sum("--check", "theirs"))
        .isEqualTo(Files.readString(checkTo("tagged")).stripTrailing());
  }

  @Test
  void measuresWithSeveralPools() throws Exception {
    make("a", 3_000_000);
    make("b", 10);
    Outcome outcome = Program.in(temp).run("hash", "--measure", "--stats", "a", "b");
    assertThat(outcome.status()).isZero();
    assertThat(outcome.out()).hasSize(5);
    assertThat(outcome.out().get(0)).isEqualTo("threads         speed");
    String speed = "  +[\\d.]+ [KMG]iB/s";
    assertThat(outcome.out().get(1)).hasSize(21).matches("      1" + speed);
    assertThat(outcome.out().get(2)).hasSize(21).matches("      4" + speed);
    assertThat(outcome.out().get(3)).hasSize(21).matches("     16" + speed);
    assertThat(outcome.out().get(4))
        .matches(
            "2 files of 2\\.9 MiB in all, from the page cache, 8 at once, on \\d+ processors?");
    assertThat(outcome.err()).anyMatch(line -> line.matches("stats: time .* 2\\.9 MiB moved, .*"));
  }

  /** Files of all sizes, among them those around the size of a chunk, under all kinds of names. */
  private Path makeRandomTree() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    Path tree = Files.createDirectories(temp.resolve("tree"));
    List<Path> directories = new ArrayList<>(List.of(tree));
    String[] names = {"n", "a b", "\u00e4", "\ud83d\ude00", "new\nline", "b\\s", "-", "*x", " s"};
    int[] sizes = {0, 1, HashTools.CHUNK - 1, HashTools.CHUNK, HashTools.CHUNK + 1, 900_000};
    for (int i = 0; i < 120; i++) {
      Path in = directories.get(random.nextInt(directories.size()));
      Path path = in.resolve(names[random.nextInt(names.length)] + i);
      if (random.nextInt(5) == 0) {
        directories.add(Files.createDirectory(path));
      } else {
        byte[] bytes = new byte[i < sizes.length ? sizes[i] : random.nextInt(20_000)];
        random.nextBytes(bytes);
        Files.write(path, bytes);
      }
    }
    Files.createSymbolicLink(tree.resolve("link"), Path.of("n0"));
    return tree;
  }

  private List<String> expectedOf(Path tree) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(tree)) {
      files =
          all.filter(path -> Files.isRegularFile(path) && !Files.isSymbolicLink(path))
              .sorted(
                  (a, b) ->
                      Arrays.compareUnsigned(
                          a.toString().getBytes(UTF_8), b.toString().getBytes(UTF_8)))
              .toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.add(line(file));
    }
    return lines;
  }

  private String line(Path file) throws Exception {
    String name = temp.relativize(file).toString();
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n");
    return (escaped.equals(name) ? "" : "\\") + digest(file) + "  " + escaped;
  }

  private static int count(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      return (int)
          all.filter(path -> Files.isRegularFile(path) && !Files.isSymbolicLink(path)).count();
    }
  }

  private Path make(String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) size);
    return Files.write(temp.resolve(name), bytes);
  }

  private static String digest(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }

  private List<String> hash(String... arguments) throws Exception {
    Outcome outcome =
        Program.in(temp)
            .run(Stream.concat(Stream.of("hash"), Arrays.stream(arguments)).toArray(String[]::new));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.status()).isZero();
    return outcome.out();
  }

  private List<String> feed(Path input, String... arguments) throws Exception {
    File out = temp.resolve("out").toFile();
    Process process =
        Program.in(temp)
            .builder(arguments)
            .redirectInput(input.toFile())
            .redirectOutput(out)
            .start();
    assertThat(Program.statusOf(process)).isZero();
    return Files.readAllLines(out.toPath());
  }

  /** What {@code --check} says, byte for byte: a carriage return ends a line for Java. */
  private Path checkTo(String sums) throws Exception {
    File out = temp.resolve("verdicts").toFile();
    Process process = Program.in(temp).builder("hash", "--check", sums).redirectOutput(out).start();
    assertThat(Program.statusOf(process)).isZero();
    return out.toPath();
  }

  /** What the system's sha256sum says, without the last newline; nothing if there is none. */
  private String sha256sum(String... arguments) throws Exception {
    File out = temp.resolve("sha256sum.out").toFile();
    try {
      ProcessBuilder builder =
          new ProcessBuilder(
              Stream.concat(Stream.of("sha256sum"), Arrays.stream(arguments)).toList());
      builder.environment().put("LC_ALL", "C");
      Process process =
          builder
              .directory(temp.toFile())
              .redirectOutput(out)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Program.statusOf(process);
      return Files.readString(out.toPath()).stripTrailing();
    } catch (IOException e) {
      return "";
    }
  }
}
