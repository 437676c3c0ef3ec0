// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFlags;

/** Finds what a contender does in a row. */
final class Workloads {
  private Workloads() {}

  /**
   * Sets it up.
   *
   * @param contender who: {@code uv} is this project
   * @param row the name of the row
   * @throws IllegalArgumentException if the contender has no counterpart of the row
   */
  static Workload of(String contender, String row, Keys keys) throws Exception {
    return switch (contender) {
      case "uv" -> ofUv(row, keys);
      case "netty" -> NettyWorkloads.of(row, keys);
      case "vertx" -> VertxWorkloads.of(row, keys);
      case "executor" -> ExecutorWorkloads.of(row, keys);
      case "virtual" -> VirtualWorkloads.of(row, keys);
      case "channel" -> new ChannelRead(keys);
      case "cp" -> new CpCopy(keys);
      default -> throw new IllegalArgumentException("no such contender: " + contender);
    };
  }

  private static Workload ofUv(String row, Keys keys) throws Exception {
    return switch (row) {
      case "ping-pong" -> new UvPingPong(keys.number("n"));
      case "send-dispatch" -> new UvSendDispatch(keys.number("n"));
      case "pummel" -> new UvPummel(keys.number("n"), keys.number("senders"));
      case "million-async" -> new UvMillionAsync(keys.number("handles"), keys.number("ms"));
      case "work-queue" -> new UvWorkQueue(keys.number("n"), keys.number("flight"));
      case "loop-tick" -> new UvLoopTick(keys.number("n"));
      case "timers" -> new UvTimers(keys.number("n"), keys.number("times"));
      case "stat-sync" -> stat(keys.number("n"), keys.text("path"));
      case "stat-async" ->
          new UvStatAsync(keys.number("n"), keys.number("flight"), keys.text("path"));
      case "read-sync" -> new UvReadSync(keys.number("n"), keys.number("size"), keys.text("path"));
      case "open-close" -> openClose(keys.number("n"), keys.text("path"));
      case "copy-file" -> new UvCopyFile(keys.text("path"), keys.text("to"));
      case "copy-tree" -> new UvCopyTree(keys.text("path"), keys.text("to"), keys.number("flight"));
      case "keep-tree" -> new UvKeepTree(keys.text("path"), keys.text("to"), keys.number("flight"));
      case "idle-async" ->
          new UvIdleAsync(keys.number("handles"), keys.number("active"), keys.number("n"));
      case "watchers" -> new UvWatchers(keys.number("watchers"), keys.number("n"));
      default -> throw new IllegalArgumentException("uv does not do " + row);
    };
  }

  private static Workload stat(int n, String path) {
    return new Repeated(n, () -> Fs.stat(path));
  }

  private static Workload openClose(int n, String path) {
    return new Repeated(n, () -> Fs.close(Fs.open(path, FsFlags.O_RDONLY, 0)));
  }
}
