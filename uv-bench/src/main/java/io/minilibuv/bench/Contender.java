// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.Locale;

/** Who can take part. */
enum Contender {
  C("C libuv", "libuv by its own program"),
  OTHER_C("other C libuv", "the same program with the libuv of --libuv"),
  UV_25_EPOLL("uv, JDK 25, epoll", "this project on JDK 25 or newer, with uv-linux"),
  UV_25_NIO("uv, JDK 25, nio", "this project on JDK 25 or newer, without it"),
  UV_25_CDS(
      "uv, JDK 25, AOT cache",
      "this project on JDK 25 or newer, its classes in a cache (AppCDS as it is since JDK 24)"),
  UV_25_NIO_CDS("uv, JDK 25, nio, AOT cache", "the same without uv-linux"),
  UV_17_NIO("uv, JDK 17, nio", "this project on JDK 17"),
  NETTY("Netty", "Netty's event loop"),
  VERTX("Vert.x", "Vert.x"),
  EXECUTOR("executor", "threads of a fixed ExecutorService, with CompletableFuture"),
  VIRTUAL(
      "virtual threads", "a virtual thread for each operation, or for a round of those that block"),
  CHANNEL("AsynchronousFileChannel", "Java's own asynchronous files"),
  CP("cp -r", "the system's own program");

  private final String label;
  private final String description;

  Contender(String label, String description) {
    this.label = label;
    this.description = description;
  }

  /** What tables and charts call it. */
  String label() {
    return label;
  }

  String description() {
    return description;
  }

  /** Whether it is libuv. */
  boolean isC() {
    return this == C || this == OTHER_C;
  }

  /** Whether it is this project. */
  boolean isUv() {
    return name().startsWith("UV_");
  }

  /** Whether it takes part in rows that do not name it. */
  boolean isInAllRows() {
    return isC() || (isUv() && !hasCache());
  }

  /** Whether its classes are in a cache. */
  boolean hasCache() {
    return this == UV_25_CDS || this == UV_25_NIO_CDS;
  }

  /** Whether what it computes and keeps in memory is that of its driver: not if that only waits. */
  boolean isItsOwnDriver() {
    return this != CP;
  }

  /** Whether it has uv-linux. */
  boolean hasEpoll() {
    return this == UV_25_EPOLL || this == UV_25_CDS;
  }

  /** Whether it needs the newer JDK. */
  boolean needsNewer() {
    return this == UV_25_NIO || this == VIRTUAL || hasCache() || hasEpoll();
  }

  /** What the driver is told: {@code uv} for all of this project's. */
  String driverName() {
    return isUv() ? "uv" : name().toLowerCase(Locale.ROOT);
  }
}
