// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.LoopOptions;
import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** libuv's own tests of fs_event, on inotify. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "inotify is Linux'")
class InotifyHandleTest extends FsEventHandleTest {
  @Override
  LoopOptions options() {
    return new LoopOptions().pollBackend("epoll");
  }

  /** The kernel has it at once. */
  @Override
  void awaitPosted(Change change) throws IOException {
    change.make();
  }
}
