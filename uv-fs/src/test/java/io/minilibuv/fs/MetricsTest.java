// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.LoopMetrics;
import io.minilibuv.core.PrepareHandle;
import org.junit.jupiter.api.Test;

/** {@code test/test-metrics.c}: the part of it that is about files. */
class MetricsTest extends FsFixture {
  private long lastEventsCount;
  private int callbacks;

  private LoopMetrics metricsIn(int iteration) {
    LoopMetrics metrics = loop.metrics();
    assertEquals(iteration, metrics.loopCount());
    callbacks++;
    return metrics;
  }

  private void assertMoreEvents(LoopMetrics metrics) {
    assertTrue(metrics.events() > lastEventsCount);
    lastEventsCount = metrics.events();
  }

  @Test
  void metricsInfoCheck() {
    PrepareHandle prepare = PrepareHandle.init(loop);
    prepare.start(this::onPrepare);
    loop.run();
    assertEquals(4, callbacks);
    prepare.close();
  }

  private void onPrepare(PrepareHandle prepare) {
    prepare.stop();
    assertEquals(0, metricsIn(0).events());
    Fs.open(loop, at("test_file"), FsFlags.O_WRONLY | FsFlags.O_CREAT, 0600, this::onCreate);
  }

  private void onCreate(FsRequest open) {
    // Events are counted after the callbacks of a poll, so there may be none yet.
    lastEventsCount = metricsIn(1).events();
    int fd = (int) open.orThrow();
    Fs.write(loop, fd, bytes(TEST_BUF), 0, write -> onWrite(write, fd));
  }

  private void onWrite(FsRequest write, int fd) {
    assertMoreEvents(metricsIn(2));
    assertEquals(TEST_BUF.length(), write.result());
    Fs.close(loop, fd, close -> assertMoreEvents(metricsIn(3)));
  }
}
