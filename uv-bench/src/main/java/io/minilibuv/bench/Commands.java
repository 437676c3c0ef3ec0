// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How contenders are started on this machine.
 *
 * @param c the compiled program of C; null if C takes no part
 * @param jdks the homes of the JDKs, by who takes part on them
 * @param classPath of this program; what is in it of uv-linux is for newer JDKs
 * @param archive where the AOT cache of {@link Hello} is, or is to be
 * @param chosen who may take part
 */
record Commands(
    @Nullable Path c,
    Map<Contender, Path> jdks,
    List<Path> classPath,
    Path archive,
    Set<Contender> chosen) {
  /** Of one size from the beginning, so that no round pays for the growth of the heap. */
  static final List<String> FLAGS = List.of("-Xms1g", "-Xmx3g", "-XX:+UseSerialGC");

  /** Who takes part in a row. */
  List<Contender> contendersOf(Row row) {
    return Stream.of(Contender.values())
        .filter(contender -> contender.isInAllRows() || row.peers().contains(contender))
        .filter(this::isHere)
        .toList();
  }

  /** Who can tell how much memory its handles take. */
  List<Contender> withSizes() {
    return Stream.of(Contender.values())
        .filter(Contender::isInAllRows)
        .filter(this::isHere)
        .toList();
  }

  private boolean isHere(Contender contender) {
    return chosen.contains(contender)
        && (contender == Contender.C ? c != null : jdks.containsKey(contender));
  }

  /** The words that start it. */
  List<String> of(Contender contender, Row row) {
    List<String> command = new ArrayList<>();
    if (row.oneCore()) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    if (contender == Contender.C) {
      command.add(ofC());
    } else {
      command.addAll(java(contender));
      command.addAll(FLAGS);
      command.addAll(main(contender, Driver.class, classPath));
      command.add(contender.driverName());
    }
    command.add(row.work());
    new TreeMap<>(row.keys()).forEach((key, value) -> command.add(key + '=' + value));
    return command;
  }

  /** The words that start a program which says how much memory handles take. */
  List<String> sizesOf(Contender contender) {
    if (contender == Contender.C) {
      return List.of(ofC(), "sizes");
    }
    List<String> command = java(contender);
    // Not the serial collector: it leaves dead objects where they are, if there are few.
    command.addAll(List.of("-Xmx3g", "-XX:+UseParallelGC"));
    command.addAll(main(contender, UvSizes.class, classPath));
    return command;
  }

  /**
   * The words that start {@link Hello}, as a user would: without options that it can do without.
   */
  List<String> helloOf(Contender contender) {
    if (contender == Contender.C) {
      return List.of(ofC(), Hello.WORD);
    }
    List<String> command = java(contender);
    if (contender == Contender.UV_25_CDS) {
      command.add("-XX:AOTMode=on");
      command.add("-XX:AOTCache=" + archive);
    }
    command.addAll(main(contender, Hello.class, ownClassPath()));
    return command;
  }

  /** Makes the archive that {@link Contender#UV_25_CDS} is started with. */
  void makeArchive() throws IOException, InterruptedException {
    Contender contender = Contender.UV_25_CDS;
    Archive.make(archive, java(contender), main(contender, Hello.class, ownClassPath()));
  }

  private String ofC() {
    if (c == null) {
      throw new IllegalStateException("C takes no part");
    }
    return c.toString();
  }

  private List<String> java(Contender contender) {
    Path home = jdks.get(contender);
    if (home == null) {
      throw new IllegalStateException("no JDK for " + contender.label());
    }
    return new ArrayList<>(List.of(home.resolve("bin/java").toString()));
  }

  /** Without the libraries of others, which a program of this one has no need of. */
  private List<Path> ownClassPath() {
    return classPath.stream()
        .filter(
            entry ->
                Stream.of("uv-", "slf4j-", "jspecify")
                    .anyMatch(name -> String.valueOf(entry.getFileName()).startsWith(name)))
        .toList();
  }

  private static List<String> main(Contender contender, Class<?> main, List<Path> classPath) {
    List<String> words = new ArrayList<>();
    if (contender.hasEpoll()) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.add("-Dminilibuv.backend=" + (contender.hasEpoll() ? "epoll" : "nio"));
    words.add("-cp");
    words.add(
        String.join(
            File.pathSeparator,
            classPath.stream()
                .filter(entry -> contender.hasEpoll() || !isLinux(entry))
                .map(Path::toString)
                .toList()));
    words.add(main.getName());
    return words;
  }

  /** Whether this part of the class path is uv-linux. */
  static boolean isLinux(Path entry) {
    return String.valueOf(entry.getFileName()).startsWith("uv-linux");
  }
}
