// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** The {@link WatchService} of the default file system. */
record NioWatchPort(WatchService service) implements WatchPort {
  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  static WatchPort open() throws IOException {
    return new NioWatchPort(FileSystems.getDefault().newWatchService());
  }

  @Override
  public WatchKey register(Path directory) throws IOException {
    return directory.register(service, KINDS);
  }

  @Override
  public WatchKey take() throws InterruptedException {
    return service.take();
  }

  @Override
  public void close() throws IOException {
    service.close();
  }
}
