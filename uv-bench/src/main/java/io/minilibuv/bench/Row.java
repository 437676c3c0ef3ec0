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
 * @param limits how many nanoseconds it may take at most, whatever C takes, by contender
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
    @Nullable Double nioTarget,
    Map<Contender, Double> limits) {
  /** The work of a row whose contenders are started anew for each round. */
  static final String START_UP = "start-up";

  Row {
    keys = Map.copyOf(keys);
    limits = Map.copyOf(limits);
    peers = List.copyOf(peers);
  }

  /** A row that is judged by its wall time, on all cores, and nobody else takes part in. */
  static Row of(String name, String title, String work, String... keys) {
    Map<String, String> values = new TreeMap<>(Keys.parse(List.of(keys)).values());
    return new Row(name, title, work, values, Cost.WALL, false, List.of(), null, null, Map.of());
  }

  /** The same by another title. */
  Row titled(String other) {
    return new Row(name, other, work, keys, cost, oneCore, peers, target, nioTarget, limits);
  }

  Row byCpu() {
    return new Row(name, title, work, keys, Cost.CPU, oneCore, peers, target, nioTarget, limits);
  }

  Row onOneCore() {
    return new Row(name, title, work, keys, cost, true, peers, target, nioTarget, limits);
  }

  Row against(Contender... others) {
    return new Row(
        name, title, work, keys, cost, oneCore, List.of(others), target, nioTarget, limits);
  }

  Row target(double epoll, double nio) {
    return new Row(name, title, work, keys, cost, oneCore, peers, epoll, nio, limits);
  }

  /** The contender may take so many milliseconds. */
  Row limit(Contender contender, long millis) {
    Map<Contender, Double> all = new TreeMap<>(limits);
    all.put(contender, millis * 1e6);
    return new Row(name, title, work, keys, cost, oneCore, peers, target, nioTarget, all);
  }

  /** Whether contenders are programs that are started anew for each round. */
  boolean isStartUp() {
    return work.equals(START_UP);
  }

  /** Whether all have as much to do in each round: not where a round has its time instead. */
  boolean hasFixedWork() {
    return !keys.containsKey("ms");
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
