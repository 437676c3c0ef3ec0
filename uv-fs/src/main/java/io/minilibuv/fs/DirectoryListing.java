// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What was in a watched directory when it was last looked at, to find what happened when events
 * were lost. It has no counterpart in C, which drops the news of that.
 *
 * <p>On the watching thread only.
 */
final class DirectoryListing {
  /*
   * The one rule: nothing gets in here that the handles are not told of after it was looked at. An
   * event has its entry looked at first, and is posted then; so whoever is called back and looks for
   * himself, sees that state or a newer one. What happens after our look and is told by no event is
   * a difference to what stands here, and a later rescan reports it. It may report something twice;
   * that is harmless.
   *
   * The first listing is made when the kernel watches already. What happened in between is in it,
   * and told by an event, unless that very event is lost: then the handles are told that something
   * was, and no name.
   *
   * A directory that was moved is watched on, under a path that leads elsewhere. It is not compared
   * with what is there now: its file key differs. Nor is one that cannot be listed.
   */
  private final Path directory;
  private final @Nullable Object identity;
  private @Nullable Map<Path, Seen> entries;
  private boolean made;

  /** What is compared of an entry. The key is null on Windows. */
  private record Seen(FileTime modified, long size, @Nullable Object key, boolean directory) {}

  /**
   * @param directory where it is; no link
   * @param identity its file key, as it was when it was found there
   */
  DirectoryListing(Path directory, @Nullable Object identity) {
    this.directory = directory;
    this.identity = identity;
  }

  /** Looks at the directory, if that was not done before. */
  void make() {
    if (!made) {
      made = true;
      entries = list();
    }
  }

  /** Has {@code tell} told of {@code happened}, as the handles are to know it. */
  void read(List<WatchEvent<?>> happened, Consumer<DirectoryEvent> tell) {
    for (WatchEvent<?> event : happened) {
      if (event.context() instanceof Path name) {
        Seen seen = look(name);
        boolean changed = event.kind().equals(StandardWatchEventKinds.ENTRY_MODIFY);
        tell.accept(changed ? changed(name, seen) : DirectoryEvent.renamed(name));
      } else {
        tell.accept(DirectoryEvent.LOST);
        rescan(tell);
      }
    }
  }

  private @Nullable Seen look(Path name) {
    Seen seen = see(directory.resolve(name));
    if (entries != null && seen == null) {
      entries.remove(name);
    } else if (entries != null) {
      entries.put(name, seen);
    }
    return seen;
  }

  /**
   * Of a directory in this one, Linux tells new attributes only, and says with them that it is a
   * directory: for libuv, whatever is more than a change is a rename too.
   */
  private static DirectoryEvent changed(Path name, @Nullable Seen seen) {
    return FsErrors.LINUX && seen != null && seen.directory
        ? DirectoryEvent.changedAttributesOfDirectory(name)
        : DirectoryEvent.changed(name);
  }

  /** Tells of all that is not as it was. */
  private void rescan(Consumer<DirectoryEvent> tell) {
    Map<Path, Seen> now = list();
    if (now == null) {
      return;
    }
    Map<Path, Seen> before = entries;
    entries = now;
    if (before == null) {
      return;
    }
    for (Path name : before.keySet()) {
      if (!now.containsKey(name)) {
        tell.accept(DirectoryEvent.renamed(name));
      }
    }
    now.forEach((name, seen) -> compare(name, before.get(name), seen, tell));
  }

  private static void compare(
      Path name, @Nullable Seen before, Seen now, Consumer<DirectoryEvent> tell) {
    if (before == null || !Objects.equals(before.key, now.key)) {
      tell.accept(DirectoryEvent.renamed(name));
    } else if (!before.equals(now)) {
      tell.accept(DirectoryEvent.changed(name));
    }
  }

  /** What is in the directory; null if that cannot be told. */
  private @Nullable Map<Path, Seen> list() {
    Map<Path, Seen> found = new LinkedHashMap<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path entry : stream) {
        Seen seen = see(entry);
        if (seen != null) {
          found.put(entry.getFileName(), seen);
        }
      }
      return isSameDirectory() ? found : null;
    } catch (IOException | DirectoryIteratorException e) {
      return null;
    }
  }

  private boolean isSameDirectory() throws IOException {
    return Objects.equals(identity, NioPaths.attributesOfName(directory).fileKey());
  }

  private static @Nullable Seen see(Path entry) {
    try {
      BasicFileAttributes found = NioPaths.attributesOfName(entry);
      return new Seen(found.lastModifiedTime(), found.size(), found.fileKey(), found.isDirectory());
    } catch (IOException e) {
      return null;
    }
  }
}
