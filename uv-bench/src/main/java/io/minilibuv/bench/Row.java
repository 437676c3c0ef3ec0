// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: one piece of work, which all contenders do.
 *
 * @param name what {@code --rows} calls it
 * @param title what the table calls it
 * @param work the name that drivers know the work by
 * @param keys what it is done with
 * @param cost what it is judged by
 * @param oneCore whether all contenders are held on one core
 * @param peers who takes part, besides C and this project
 * @param target what the cost may be at most, relative to C, with epoll; null if nobody says
 * @param nioTarget the same on JDK 17, with nio
 */
record Row(
    String name,
    String title,
    String work,
    Map<String, String> keys,
    Cost cost,
    boolean oneCore,
    List<Contender> peers,
    @Nullable Double target,
    @Nullable Double nioTarget) {

  Row {
    keys = Map.copyOf(keys);
    peers = List.copyOf(peers);
  }

  /** A row that is judged by its wall time, on all cores, and nobody else takes part in. */
  static Row of(String name, String title, String work, String... keys) {
    Map<String, String> values = new TreeMap<>(Keys.parse(List.of(keys)).values());
    return new Row(name, title, work, values, Cost.WALL, false, List.of(), null, null);
  }

  Row byCpu() {
    return new Row(name, title, work, keys, Cost.CPU, oneCore, peers, target, nioTarget);
  }

  Row onOneCore() {
    return new Row(name, title, work, keys, cost, true, peers, target, nioTarget);
  }

  Row against(Contender... others) {
    return new Row(name, title, work, keys, cost, oneCore, List.of(others), target, nioTarget);
  }

  Row target(double epoll, double nio) {
    return new Row(name, title, work, keys, cost, oneCore, peers, epoll, nio);
  }

  /** What the cost of {@code contender} may be at most, relative to C; null if nobody says. */
  @Nullable Double targetOf(Contender contender) {
    return switch (contender) {
      case UV_25_EPOLL -> target;
      case UV_17_NIO -> nioTarget;
      default -> null;
    };
  }
}
