// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsCallback;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.io.File;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what happens to files and directories; of these, if that is wanted, with all that are in
 * them: an event handle tells of a directory's own entries only, so that a tree takes one for each.
 */
final class Watches {
  /*
   * A directory is watched first and listed then. What comes in between is told by its handle. Of a
   * directory that came later than the watching began, what is in the list is told like an event,
   * since it may have come before the handle.
   *
   * Whatever comes or goes in a tree, it is looked at under its name. A directory is watched anew,
   * since it may be another than before; what was watched in there, or in what is none any more, is
   * let go. Links are not followed, but for those of the command line, so that there is no way round
   * in circles.
   *
   * A directory that goes is told by its own handle too, under its own name, as if it had an entry
   * of that name. Which of the two it is, is seen by whether it is there.
   */
  private static final int LISTED_AT_ONCE = 4;

  /** Each costs memory, and the system has a limit of its own, too. */
  private static final int MOST = 65_536;

  /** Who is told. */
  interface Listener {
    /** Everything that was there at first is watched. */
    void ready();

    /** Something happened. */
    void changed(Change change);

    /** Something is not watched. */
    void failed(UvException why);

    /** Nothing more can be watched. */
    void full(int most);
  }

  /** What tells of one path, until it is closed. */
  @FunctionalInterface
  private interface Watch {
    void close();
  }

  /** A directory to be listed, and whether its entries are news. */
  private record Unlisted(String directory, boolean news) {}

  private final Loop loop;
  private final boolean recursive;
  private final Listener listener;

  /** The paths of the command line, and what they were. */
  private final Map<String, FsStat> roots = new HashMap<>();

  /** What watches, by path: a handle each, or two for a file. */
  private final NavigableMap<String, Watch> watches = new TreeMap<>();

  private final Queue<Unlisted> unlisted = new ArrayDeque<>();
  private int listing;
  private boolean ready;
  private boolean full;
  private boolean closed;

  Watches(Loop loop, boolean recursive, Listener listener) {
    this.loop = loop;
    this.recursive = recursive;
    this.listener = listener;
  }

  /** How many files and directories are watched. */
  int count() {
    return watches.size();
  }

  /**
   * Watches a path of the command line; blocks for as long as that takes.
   *
   * @throws UvException if it cannot be
   */
  void add(String path) {
    FsStat found = Fs.stat(path);
    if (roots.put(path, found) != null) {
      return;
    }
    if (!found.isDirectory()) {
      startFile(path);
      return;
    }
    start(path);
    if (recursive) {
      unlisted.add(new Unlisted(path, false));
    }
  }

  /** Goes on with what is in the directories that were added. */
  void begin() {
    list();
  }

  private void startFile(String path) {
    FileWatch file = new FileWatch(loop, path, listener::changed, listener::failed);
    startOrClose(path, file::start, file::close);
  }

  private void start(String directory) {
    FsEventHandle handle = FsEventHandle.init(loop);
    startOrClose(
        directory,
        () ->
            handle.start(
                directory, (h, entry, events, status) -> onEntry(directory, entry, events, status)),
        handle::close);
  }

  private void startOrClose(String path, Runnable start, Watch watch) {
    boolean started = false;
    try {
      start.run();
      started = true;
    } finally {
      if (!started) {
        watch.close();
      }
    }
    Watch old = watches.put(path, watch);
    if (old != null) {
      old.close();
    }
  }

  private void tell(Change change, int status) {
    if (status < 0) {
      listener.failed(new UvException(status, "uv_fs_event", change.path()));
    } else {
      listener.changed(change);
    }
  }

  private void onEntry(String directory, @Nullable String entry, int events, int status) {
    if (entry == null || events == FsEventHandle.CHANGE) {
      tell(Change.of(entry, entry == null ? directory : join(directory, entry), events), status);
    } else if (entry.equals(new File(directory).getName())) {
      look(directory, request -> onOwnName(directory, entry, request));
    } else {
      renamed(join(directory, entry));
    }
  }

  /** It is an entry that is called as the directory is; or that was removed, or is another now. */
  private void onOwnName(String directory, String entry, FsRequest request) {
    if (closed || !watches.containsKey(directory)) {
      return;
    }
    FsStat root = roots.get(directory);
    FsStat found = request.result() < 0 ? null : request.stat();
    if (found == null) {
      drop(directory);
      if (root != null) {
        listener.changed(new Change(Change.Kind.RENAME, directory));
        listener.failed(UvError.ENOENT.exception("watch", directory));
      }
    } else if (root == null) {
      renamed(join(directory, entry));
    } else {
      // Nobody watches where a root is. A handle whose directory is gone is as good as none, and
      // one that was made anew may even have the number of the old one.
      roots.put(directory, found);
      watch(directory);
      renamed(found.isSameFileAs(root) ? join(directory, entry) : directory);
    }
  }

  private void renamed(String path) {
    listener.changed(new Change(Change.Kind.RENAME, path));
    if (recursive && !closed) {
      look(path, request -> onRenamed(path, request));
    }
  }

  private void look(String path, FsCallback then) {
    if (roots.containsKey(path)) {
      Fs.stat(loop, path, then);
    } else {
      Fs.lstat(loop, path, then);
    }
  }

  private void onRenamed(String path, FsRequest request) {
    if (closed) {
      return;
    }
    drop(path);
    if (request.result() >= 0 && request.stat().isDirectory()) {
      watchAndList(path, true);
      list();
    }
  }

  /** If it cannot be watched, what is in there is not either. */
  private void watchAndList(String directory, boolean news) {
    if (watch(directory)) {
      unlisted.add(new Unlisted(directory, news));
    }
  }

  /** Watches a directory, one of many: if that cannot be, the others are. */
  private boolean watch(String directory) {
    if (watches.size() >= MOST) {
      if (!full) {
        full = true;
        listener.full(MOST);
      }
      return false;
    }
    try {
      start(directory);
      return true;
    } catch (UvException e) {
      // What is gone again is told of by who watches where it was.
      if (e.error() != UvError.ENOENT) {
        listener.failed(e);
      }
      return false;
    }
  }

  /** Lets go of a directory and of all below it. */
  private void drop(String directory) {
    Watch watch = watches.remove(directory);
    if (watch != null) {
      watch.close();
    }
    // '0' comes right after '/'.
    NavigableMap<String, Watch> below =
        watches.subMap(directory + '/', true, directory + '0', false);
    below.values().forEach(Watch::close);
    below.clear();
  }

  // Listing: some directories at a time.

  private void list() {
    while (listing < LISTED_AT_ONCE && !unlisted.isEmpty()) {
      Unlisted next = unlisted.remove();
      listing++;
      Fs.scandir(loop, next.directory, request -> onListed(next, request));
    }
    if (listing == 0 && !ready && !closed) {
      ready = true;
      listener.ready();
    }
  }

  private void onListed(Unlisted listed, FsRequest request) {
    listing--;
    if (closed) {
      return;
    }
    UvException failure = request.error();
    if (failure != null && failure.error() != UvError.ENOENT) {
      listener.failed(failure);
    }
    for (Dirent entry : request.entries()) {
      String path = join(listed.directory, entry.name());
      if (entry.type() == DirentType.DIR) {
        watchAndList(path, listed.news);
      }
      if (listed.news) {
        listener.changed(new Change(Change.Kind.RENAME, path));
      }
    }
    list();
  }

  private static String join(String directory, String entry) {
    if (directory.equals(".")) {
      return entry;
    }
    return directory.endsWith("/") ? directory + entry : directory + '/' + entry;
  }

  /** Ends it: what is under way calls back, and nobody is told. */
  void close() {
    closed = true;
    unlisted.clear();
    watches.values().forEach(Watch::close);
    watches.clear();
  }
}
