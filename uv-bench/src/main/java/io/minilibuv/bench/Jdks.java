// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The JDKs of this machine, where platforms keep them. */
final class Jdks {
  static final String NEEDED =
      "JAVA_HOME is to be JDK 25 or newer, and JDK 17 is to be where the system keeps JDKs";

  private static final int FLOOR = 17;
  private static final int NEWER = 25;

  private static final Comparator<Path> NEWEST =
      (one, other) -> Arrays.compare(numbers(one), numbers(other));

  private Jdks() {}

  /** What each contender runs on, if that is here. */
  static Map<Contender, Path> byContender() throws IOException {
    Map<Contender, Path> jdks = new EnumMap<>(Contender.class);
    List<Path> homes = homes();
    Optional<Path> floor = find(homes, FLOOR, FLOOR);
    Optional<Path> newer = find(homes, NEWER, Integer.MAX_VALUE);
    for (Contender contender : Contender.values()) {
      Optional<Path> home =
          contender == Contender.UV_17_NIO
              ? floor
              : contender.needsNewer() ? newer : newer.or(() -> floor);
      if (!contender.isC()) {
        home.ifPresent(there -> jdks.put(contender, there));
      }
    }
    return jdks;
  }

  /**
   * The first one of {@code homes} if it is of these versions, or else the newest that is.
   *
   * @param homes what the user has chosen, and then all that there are
   */
  static Optional<Path> find(List<Path> homes, int from, int to) {
    Predicate<Path> suits = home -> feature(home) >= from && feature(home) <= to;
    return homes.stream()
        .limit(1)
        .filter(suits)
        .findFirst()
        .or(() -> homes.stream().filter(suits).max(NEWEST));
  }

  private static List<Path> homes() throws IOException {
    List<Path> homes = new ArrayList<>();
    // That of JAVA_HOME, where the script has it from.
    homes.add(Path.of(System.getProperty("java.home")));
    for (Path folder :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"))) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> all = Files.list(folder)) {
          all.filter(home -> Files.isExecutable(home.resolve("bin/java"))).forEach(homes::add);
        }
      }
    }
    homes.removeIf(home -> !Files.isReadable(home.resolve("release")));
    return homes;
  }

  private static int feature(Path home) {
    return numbers(home)[0];
  }

  private static int[] numbers(Path home) {
    return Stream.of(version(home).split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }

  /** What its release file says, such as 25.0.3; 0 if that is nothing. */
  static String version(Path home) {
    try {
      return Files.readAllLines(home.resolve("release")).stream()
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("[^0-9.]", ""))
          .filter(version -> version.matches("\\d{1,9}(\\.\\d{1,9})*"))
          .findFirst()
          .orElse("0");
    } catch (IOException e) {
      return "0";
    }
  }
}
