// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.Executor;

/** Vert.x: what blocks, on its pool of four threads, and its files. */
final class VertxWorkloads {
  private VertxWorkloads() {}

  static Workload of(String row, Keys keys) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setWorkerPoolSize(4).setInternalBlockingPoolSize(4));
    Context context = vertx.getOrCreateContext();
    Executor home = task -> context.runOnContext(nothing -> task.run());
    Flight.Operation operation =
        switch (row) {
          case "work-queue" ->
              done ->
                  vertx
                      .executeBlocking(() -> "", false)
                      .onComplete(end -> done.accept(end.cause()));
          case "stat-async" -> {
            String path = keys.text("path");
            yield done ->
                vertx.fileSystem().props(path).onComplete(end -> done.accept(end.cause()));
          }
          default -> throw new IllegalArgumentException("Vert.x does not do " + row);
        };
    return new Flight(
        keys.number("n"), keys.number("flight"), home, operation, () -> vertx.close());
  }
}
