// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

/** Who can take part. */
enum Contender {
  C("C libuv", "libuv by its own program"),
  UV_25_EPOLL("uv, JDK 25, epoll", "this project on JDK 25 or newer, with uv-linux"),
  UV_25_NIO("uv, JDK 25, nio", "this project on JDK 25 or newer, without it"),
  UV_17_NIO("uv, JDK 17, nio", "this project on JDK 17"),
  NETTY("Netty", "Netty's event loop"),
  VERTX("Vert.x", "Vert.x"),
  EXECUTOR("executor", "threads of a fixed ExecutorService, with CompletableFuture"),
  VIRTUAL("virtual threads", "a virtual thread for each operation"),
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

  /** Whether it is this project. */
  boolean isUv() {
    return name().startsWith("UV_");
  }

  /** What the driver is told: {@code uv} for all of this project's. */
  String driverName() {
    return isUv() ? "uv" : name().toLowerCase(java.util.Locale.ROOT);
  }
}
