// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Vert.x: what blocks, on its pool of four threads, its files, and tasks for its event loops. */
final class VertxWorkloads {
  private VertxWorkloads() {}

  static Workload of(String row, Keys keys) throws IOException {
    Vertx vertx = vertx();
    return switch (row) {
      case "ping-pong" -> {
        Vertx other = vertx();
        yield new ExecutorPingPong(
            keys.number("n"),
            contextOf(vertx),
            contextOf(other),
            () -> {
              vertx.close();
              other.close();
            });
      }
      case "pummel" ->
          new ExecutorPummel(
              keys.number("n"), keys.number("senders"), contextOf(vertx), vertx::close);
      case "timers" ->
          new TaskTimers(
              keys.number("n"),
              keys.number("times"),
              contextOf(vertx),
              task -> timers(vertx, task),
              vertx::close);
      case "work-queue", "stat-async" ->
          flight(vertx, keys, keys.number("flight"), operation(vertx, row, keys));
      case "stat-sync" -> {
        String path = keys.text("path");
        yield new Repeated(
            keys.number("n"), () -> vertx.fileSystem().propsBlocking(path), vertx::close);
      }
      // It has none of these that block. So there is one at a time.
      case "open-close", "read-sync" -> flight(vertx, keys, 1, operation(vertx, row, keys));
      case "copy-file", "copy-tree" ->
          new JavaCopy(
              Path.of(keys.text("path")),
              Path.of(keys.text("to")),
              (from, to) ->
                  vertx
                      .fileSystem()
                      .copy(from.toString(), to.toString())
                      .toCompletionStage()
                      .toCompletableFuture(),
              vertx::close);
      default -> throw new IllegalArgumentException("Vert.x does not do " + row);
    };
  }

  /** As many threads as there are for the others, of which nobody complains that they are busy. */
  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(4)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
            .setBlockedThreadCheckInterval(1));
  }

  /** Its event loop. */
  private static Executor contextOf(Vertx vertx) {
    Context context = vertx.getOrCreateContext();
    return task -> context.runOnContext(nothing -> task.run());
  }

  /** It has none of 0 ms. */
  private static LongConsumer timers(Vertx vertx, Runnable task) {
    Handler<Long> handler = timer -> task.run();
    return millis -> vertx.setTimer(Math.max(1, millis), handler);
  }

  private static Workload flight(Vertx vertx, Keys keys, int flight, Flight.Operation operation) {
    return new Flight(keys.number("n"), flight, contextOf(vertx), operation, vertx::close);
  }

  private static Flight.Operation operation(Vertx vertx, String row, Keys keys) {
    FileSystem files = vertx.fileSystem();
    return switch (row) {
      case "work-queue" ->
          done ->
              vertx.executeBlocking(() -> "", false).onComplete(end -> done.accept(end.cause()));
      case "stat-async" -> {
        String path = keys.text("path");
        yield done -> files.props(path).onComplete(end -> done.accept(end.cause()));
      }
      case "open-close" -> {
        String path = keys.text("path");
        yield done ->
            files
                .open(path, forReading())
                .compose(AsyncFile::close)
                .onComplete(end -> done.accept(end.cause()));
      }
      case "read-sync" -> read(files, keys.text("path"), keys.number("size"));
      default -> throw new IllegalArgumentException("Vert.x does not do " + row);
    };
  }

  /** Into one buffer, which keeps its length: that the file is long enough is seen before. */
  private static Flight.Operation read(FileSystem files, String path, int size) {
    AsyncFile file = files.openBlocking(path, forReading());
    if (file.sizeBlocking() < size) {
      throw new IllegalArgumentException(path + " is too short");
    }
    Buffer buffer = Buffer.buffer(size);
    return done -> file.read(buffer, 0, 0, size).onComplete(end -> done.accept(end.cause()));
  }

  private static OpenOptions forReading() {
    return new OpenOptions().setRead(true).setWrite(false).setCreate(false);
  }
}
