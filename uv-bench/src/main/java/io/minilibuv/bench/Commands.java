// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How contenders are started on this machine.
 *
 * @param c the compiled program of C
 * @param jdks the homes of the JDKs, by who takes part on them
 * @param classPath of this program; what is in it of uv-linux is for newer JDKs
 * @param chosen who may take part
 */
record Commands(Path c, Map<Contender, Path> jdks, List<Path> classPath, Set<Contender> chosen) {
  /** Of one size from the beginning, so that no round pays for the growth of the heap. */
  static final List<String> FLAGS = List.of("-Xms1g", "-Xmx3g", "-XX:+UseParallelGC");

  /** Who takes part in a row. */
  List<Contender> contendersOf(Row row) {
    List<Contender> all = new ArrayList<>();
    for (Contender contender : Contender.values()) {
      boolean wanted =
          contender == Contender.C || contender.isUv() || row.peers().contains(contender);
      if (wanted && chosen.contains(contender) && isHere(contender)) {
        all.add(contender);
      }
    }
    return all;
  }

  private boolean isHere(Contender contender) {
    return contender == Contender.C || jdks.containsKey(contender);
  }

  /** The words that start it. */
  List<String> of(Contender contender, Row row) {
    List<String> command = new ArrayList<>();
    if (row.oneCore()) {
      command.addAll(List.of("taskset", "-c", "0"));
    }
    if (contender == Contender.C) {
      command.add(c.toString());
    } else {
      addJava(command, contender);
    }
    command.add(row.work());
    new TreeMap<>(row.keys()).forEach((key, value) -> command.add(key + '=' + value));
    return command;
  }

  private void addJava(List<String> command, Contender contender) {
    Path home = jdks.get(contender);
    if (home == null) {
      throw new IllegalStateException("no JDK for " + contender.label());
    }
    command.add(home.resolve("bin/java").toString());
    command.addAll(FLAGS);
    boolean epoll = contender == Contender.UV_25_EPOLL;
    if (epoll) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Dminilibuv.backend=" + (epoll ? "epoll" : "nio"));
    command.add("-cp");
    command.add(
        String.join(
            ":",
            classPath.stream()
                .map(Path::toString)
                .filter(entry -> epoll || !entry.contains("uv-linux"))
                .toList()));
    command.add(Driver.class.getName());
    command.add(contender.driverName());
  }
}
