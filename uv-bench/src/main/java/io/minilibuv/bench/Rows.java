// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static io.minilibuv.bench.Contender.CHANNEL;
import static io.minilibuv.bench.Contender.CP;
import static io.minilibuv.bench.Contender.EXECUTOR;
import static io.minilibuv.bench.Contender.NETTY;
import static io.minilibuv.bench.Contender.UV_25_CDS;
import static io.minilibuv.bench.Contender.UV_25_EPOLL;
import static io.minilibuv.bench.Contender.UV_25_NIO;
import static io.minilibuv.bench.Contender.UV_25_NIO_CDS;
import static io.minilibuv.bench.Contender.VERTX;
import static io.minilibuv.bench.Contender.VIRTUAL;

import java.util.ArrayList;
import java.util.List;

/** All lines of the table. */
final class Rows {
  private Rows() {}

  /**
   * Makes the list.
   *
   * @param files where there is a small file, a large one and a tree
   */
  static List<Row> all(Fixtures files) {
    List<Row> rows = new ArrayList<>();
    rows.addAll(async());
    rows.addAll(pool());
    rows.addAll(loop());
    rows.addAll(fs(files));
    return rows;
  }

  private static List<Row> async() {
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of("ping-pong-1", "ping-pong, one core", "ping-pong", "n=50000")
            .onOneCore()
            .against(NETTY, VERTX, EXECUTOR, VIRTUAL)
            .target(1.0, 1.15));
    rows.add(
        Row.of("ping-pong-2", "ping-pong, idle cores", "ping-pong", "n=50000")
            .against(NETTY, VERTX, EXECUTOR, VIRTUAL)
            .target(0.1, 0.15));
    // Netty has an event loop whose iterations its user makes. The other peers have none: what a
    // thread of theirs gives itself is done without the iteration which this row measures.
    rows.add(
        Row.of("send-dispatch", "send + dispatch", "send-dispatch", "n=200000")
            .against(NETTY)
            .target(0.7, 1.1));
    for (int senders : new int[] {1, 2, 4, 8}) {
      rows.add(
          Row.of(
                  "pummel-" + senders,
                  "pummel " + senders,
                  "pummel",
                  "n=50000",
                  "senders=" + senders)
              .against(NETTY, VERTX, EXECUTOR)
              .target(0.6, 1.0));
    }
    rows.add(
        Row.of("million-async", "million async", "million-async", "handles=1048576", "ms=500")
            .target(0.1, 0.1));
    return rows;
  }

  private static List<Row> pool() {
    List<Row> rows = new ArrayList<>();
    for (int flight : new int[] {1, 64, 1000}) {
      rows.add(
          Row.of(
                  "work-queue-" + flight,
                  "work queue, " + flight + " in flight",
                  "work-queue",
                  "n=" + (flight == 1 ? 20000 : 100000),
                  "flight=" + flight)
              .against(EXECUTOR, VERTX, VIRTUAL)
              .target(0.8, 0.9));
    }
    return rows;
  }

  private static List<Row> loop() {
    return List.of(
        Row.of("loop-tick", "loop tick", "loop-tick", "n=1000000").target(0.3, 1.2),
        Row.of("timers-1m", "million timers, CPU", "timers", "n=1000000", "times=1")
            .byCpu()
            .against(NETTY, VERTX, EXECUTOR)
            .target(0.5, 0.7),
        // Vert.x has 3 GiB full with so many, and would be measured at collecting garbage.
        Row.of("timers-10m", "ten million timers, CPU", "timers", "n=10000000", "times=1")
            .byCpu()
            .against(NETTY, EXECUTOR),
        Row.of("start-up", "start-up of a hello program", Row.START_UP)
            .against(UV_25_CDS, UV_25_NIO_CDS)
            .limit(UV_25_CDS, 150)
            .limit(UV_25_NIO_CDS, 150)
            .limit(UV_25_EPOLL, 300)
            .limit(UV_25_NIO, 300));
  }

  private static List<Row> fs(Fixtures files) {
    String small = "path=" + files.small();
    List<Row> rows = new ArrayList<>();
    rows.add(
        Row.of("stat-sync", "stat sync", "stat-sync", "n=100000", small)
            .against(EXECUTOR, VERTX, VIRTUAL)
            .target(1.05, 1.3));
    for (int flight : new int[] {1, 4, 20}) {
      rows.add(
          Row.of(
                  "stat-" + flight,
                  "stat, " + flight + " in flight",
                  "stat-async",
                  "n=50000",
                  "flight=" + flight,
                  small)
              .against(EXECUTOR, VERTX, VIRTUAL)
              .target(0.9, 1.0));
    }
    rows.add(read(4096, small, 1.1, 1.4));
    rows.add(read(65536, small, 1.0, 1.1));
    rows.add(
        Row.of("open-close", "open + close", "open-close", "n=50000", small)
            .against(EXECUTOR, VERTX, VIRTUAL));
    rows.add(
        Row.of(
                "copy-file",
                "copy of a large file",
                "copy-file",
                "path=" + files.large(),
                "to=" + files.target("copy"))
            .against(CP, EXECUTOR, VERTX, VIRTUAL)
            .target(1.0, 1.1));
    // Since 1.49 libuv sets a copy's times and owner, and so does this project. Debian 12's libuv
    // is older: with it C makes two system calls less for each file. Peers do not set them either.
    rows.add(
        Row.of(
                "copy-tree",
                "copy of a tree",
                "copy-tree",
                "path=" + files.tree(),
                "to=" + files.target("tree-copy"),
                "flight=16")
            .against(CP, EXECUTOR, VERTX, VIRTUAL)
            .target(1.0, 1.1));
    rows.add(
        Row.of(
            "keep-tree",
            "copy of a tree, whole files, times kept",
            "keep-tree",
            "path=" + files.tree(),
            "to=" + files.target("tree-copy"),
            "flight=16"));
    return rows;
  }

  private static Row read(int size, String path, double target, double nioTarget) {
    String name = "read-" + size / 1024 + "k";
    return Row.of(
            name,
            "read " + size / 1024 + " KiB sync",
            "read-sync",
            "n=100000",
            "size=" + size,
            path)
        .against(CHANNEL, EXECUTOR, VERTX, VIRTUAL)
        .target(target, nioTarget);
  }

  /** How cost grows with what there is: for charts. */
  static List<Growth> growths() {
    return List.of(
        Growth.of("timers", "timers", "timers", "n", 3, 7, Rows::timesFor).byCpu(),
        Growth.of(
            "async",
            "async handles, 16 active",
            "idle-async",
            "handles",
            0,
            6,
            handles -> List.of("active=16", "n=" + sendsFor(handles))),
        Growth.of(
            "in-flight", "work in flight", "work-queue", "flight", 0, 5, n -> List.of("n=100000")),
        Growth.of("watchers", "watchers", "watchers", "watchers", 0, 4, n -> List.of("n=20000")));
  }

  /** Few timers have their lives again and again, until a million have. */
  private static List<String> timesFor(int timers) {
    return List.of("times=" + Math.max(1, 1_000_000 / timers));
  }

  /** The more handles, the fewer sends: C goes through a million of them for each 16, in 30 ms. */
  private static int sendsFor(int handles) {
    return (int) Math.max(1_600, Math.min(64_000, 1_600_000_000L / handles));
  }
}
