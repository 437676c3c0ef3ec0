// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How contenders are started on this machine.
 *
 * @param programs the compiled programs of C, by who takes part with them
 * @param jdks the homes of the JDKs, by who takes part on them
 * @param classPath of this program; what is in it of uv-linux is for newer JDKs
 * @param archives the folder where the AOT caches of {@link Hello} are, or are to be
 * @param chosen who may take part
 * @param limit how long anything that is waited for may take
 */
record Commands(
    Map<Contender, CProgram> programs,
    Map<Contender, Path> jdks,
    List<Path> classPath,
    Path archives,
    Set<Contender> chosen,
    Duration limit) {
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
        && (contender.isC() ? programs.containsKey(contender) : jdks.containsKey(contender));
  }

  /** The words that start it. */
  List<String> of(Contender contender, Row row) {
    List<String> command = new ArrayList<>();
    if (row.oneCore()) {
      command.addAll(List.of("taskset", "-c", Cores.first()));
    }
    if (contender.isC()) {
      command.add(program(contender));
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
    if (contender.isC()) {
      return List.of(program(contender), "sizes");
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
    if (contender.isC()) {
      return List.of(program(contender), Hello.WORD);
    }
    List<String> command = java(contender);
    if (contender.hasCache()) {
      command.add("-XX:AOTMode=on");
      command.add("-XX:AOTCache=" + archiveOf(contender));
    }
    command.addAll(main(contender, Hello.class, ownClassPath()));
    return command;
  }

  /** Makes the archive that a contender which has one is started with. */
  void makeArchive(Contender contender) throws IOException, InterruptedException {
    List<String> words = main(contender, Hello.class, ownClassPath());
    Archive.make(archiveOf(contender), java(contender), words, limit);
  }

  private Path archiveOf(Contender contender) {
    return archives.resolve("hello-" + backend(contender) + ".aot");
  }

  /** What tables call the contenders: who is C by another libuv has its version for a name. */
  Map<Contender, String> labels() {
    CProgram other = programs.get(Contender.OTHER_C);
    return other == null ? Map.of() : Map.of(Contender.OTHER_C, "C libuv " + other.libuv());
  }

  /** What tables call a contender. */
  String label(Contender contender) {
    return labels().getOrDefault(contender, contender.label());
  }

  private String program(Contender contender) {
    CProgram program = programs.get(contender);
    if (program == null) {
      throw new IllegalStateException("no program of " + contender.label());
    }
    return program.file().toString();
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
    words.add("-Dminilibuv.backend=" + backend(contender));
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

  private static String backend(Contender contender) {
    return contender.hasEpoll() ? "epoll" : "nio";
  }

  /** Whether this part of the class path is uv-linux. */
  static boolean isLinux(Path entry) {
    return String.valueOf(entry.getFileName()).startsWith("uv-linux");
  }
}
