// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.fs.FsFile;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsPollHandle;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.futures.AsyncFile;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeEntry;
import io.minilibuv.fs.tree.TreeListener;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.fs.tree.TreeVisitor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The recipes of docs/fs-cookbook.md, as they stand there. What the page says of testing is in
 * {@link FsCookbookTestingTest}.
 */
final class FsCookbook {
  private FsCookbook() {}

  // @start region="read"
  /** The future is done when the loop has run. */
  static CompletableFuture<String> readText(Loop loop, String path) {
    return FsFiles.readFile(loop, path).thenApply(bytes -> new String(bytes, UTF_8));
  }

  // @end region="read"

  // @start region="failures"
  /** The text of a file, or another one if it is not there. What else fails is reported. */
  static CompletableFuture<String> readTextOr(
      Loop loop, String path, String other, Consumer<Throwable> report) {
    return FsFiles.readFile(loop, path)
        .thenApply(bytes -> new String(bytes, UTF_8))
        .exceptionally(
            failure -> {
              if (causeOf(failure) instanceof UvException error
                  && error.error() == UvError.ENOENT) {
                return other;
              }
              throw new CompletionException(causeOf(failure));
            })
        .whenComplete(
            (text, failure) -> {
              if (failure != null) {
                report.accept(causeOf(failure));
              }
            });
  }

  /** What has failed: a stage that is behind another one is told it in a wrapping. */
  static Throwable causeOf(Throwable failure) {
    return failure instanceof CompletionException ? failure.getCause() : failure;
  }

  // @end region="failures"

  // @start region="cat"
  /** What uvcat does: open, read until nothing comes, close; each callback asks the next. */
  static final class Cat {
    private final Loop loop;
    private final int fd;
    private final Consumer<ByteBuffer> bytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

    private Cat(Loop loop, int fd, Consumer<ByteBuffer> bytes) {
      this.loop = loop;
      this.fd = fd;
      this.bytes = bytes;
    }

    /** Hands out what a file holds, piece by piece; a piece is good until the call returns. */
    static void cat(Loop loop, String path, Consumer<ByteBuffer> bytes) {
      Fs.open(
          loop,
          path,
          FsFlags.O_RDONLY,
          0,
          open -> new Cat(loop, (int) open.orThrow(), bytes).read());
    }

    private void read() {
      Fs.read(loop, fd, buffer.clear(), -1, this::onRead);
    }

    private void onRead(FsRequest read) {
      boolean goesOn = false;
      try {
        if (read.orThrow() > 0) {
          bytes.accept(buffer.flip());
          read();
          goesOn = true;
        }
      } finally {
        // Also if the consumer has thrown, or the loop is being shut down: here and now.
        if (!goesOn) {
          Fs.close(fd);
        }
      }
    }
  }

  // @end region="cat"

  // @start region="save"
  static FsTask<Void> save(Loop loop, String path, String text) {
    return FsFiles.writeFileAtomically(loop, path, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  // @end region="save"

  // @start region="lines"
  /** Writes lines one after the other; it is done when they are written and the file is closed. */
  static CompletableFuture<Void> writeLines(Loop loop, String path, List<String> lines) {
    int flags = FsFlags.O_WRONLY | FsFlags.O_CREAT | FsFlags.O_TRUNC;
    return AsyncFile.open(loop, path, flags, 0644)
        .thenCompose(
            file -> {
              CompletableFuture<?>[] writes =
                  lines.stream()
                      .map(line -> write(file, line + '\n'))
                      .toArray(CompletableFuture<?>[]::new);
              // Closed when all of them are done, and also if one has failed.
              return CompletableFuture.allOf(CompletableFuture.allOf(writes), file.close());
            });
  }

  private static CompletableFuture<Void> write(AsyncFile file, String text) {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
    return file.write(bytes)
        .thenAccept(
            written -> {
              if (bytes.hasRemaining()) {
                throw UvError.EIO.exception("write", file.path());
              }
            });
  }

  // @end region="lines"

  // @start region="copy"
  /** A copy of a tree that tells how much of it is there: first it is counted what there is. */
  static final class Copying implements TreeListener {
    private final Loop loop;
    private final String source;
    private final String target;
    private final IntConsumer percent;
    private FsTask<TreeResult> underWay;
    private long total;
    private long written;
    private int told = -1;

    Copying(Loop loop, String source, String target, IntConsumer percent) {
      this.loop = loop;
      this.source = source;
      this.target = target;
      this.percent = percent;
    }

    CompletableFuture<TreeResult> start() {
      underWay = FsTrees.walkTree(loop, source, entry -> TreeVisitor.Next.CONTINUE);
      return underWay.thenCompose(this::copy);
    }

    private FsTask<TreeResult> copy(TreeResult found) {
      total = found.bytes();
      underWay = FsTrees.copyTree(loop, source, target, new TreeOptions().listener(this));
      return underWay;
    }

    /** Ends what is under way, the count or the copy. */
    void cancel() {
      underWay.cancel(false);
    }

    @Override
    public void transferred(long bytes) {
      written += bytes;
      // A file that is written has still to take its place.
      tell((int) Math.min(99, 100 * written / Math.max(1, total)));
    }

    @Override
    public void done(TreeEntry entry, long bytes) {
      if (entry.depth() == 0) {
        tell(100);
      }
    }

    private void tell(int now) {
      if (now > told) {
        told = now;
        percent.accept(now);
      }
    }
  }

  // @end region="copy"

  // @start region="remove"
  /** rm -rf: the result's errors are what could not be removed. */
  static FsTask<TreeResult> remove(Loop loop, String path) {
    return FsTrees.removeTree(loop, path, new TreeOptions().allowMissing(true));
  }

  // @end region="remove"

  // @start region="watch"
  /** Tells what happens in a directory, until that is gone. */
  static final class Watch {
    private final String directory;
    private final Consumer<String> news;
    private final FsEventHandle handle;

    private Watch(Loop loop, String directory, Consumer<String> news) {
      this.directory = directory;
      this.news = news;
      this.handle = FsEventHandle.init(loop);
    }

    /** The handle is there to be closed, and to be unref'd. */
    static FsEventHandle watch(Loop loop, String directory, Consumer<String> news) {
      Watch watch = new Watch(loop, directory, news);
      watch.begin();
      return watch.handle;
    }

    private void begin() {
      boolean begun = false;
      try {
        handle.start(directory, this::onEvent);
        begun = true;
      } finally {
        if (!begun) {
          handle.close();
        }
      }
    }

    private void onEvent(FsEventHandle watching, String name, int events, int status) {
      news.accept(describe(name, events, status));
      if (name != null && directory.endsWith(name) && handle.isActive()) {
        beginAgain();
      }
    }

    /** It may be the directory itself that is gone; then nothing more would come. */
    private void beginAgain() {
      handle.stop();
      try {
        begin();
        news.accept("LOST");
      } catch (UvException e) {
        news.accept("GONE");
      }
    }

    private static String describe(String name, int events, int status) {
      if (name == null) {
        return status < 0 ? UvError.errName(status) : "LOST";
      }
      String renamed = (events & FsEventHandle.RENAME) != 0 ? "RENAME " : "";
      String changed = (events & FsEventHandle.CHANGE) != 0 ? "CHANGE " : "";
      return renamed + changed + name;
    }
  }

  // @end region="watch"

  // @start region="tail"
  /** Tells what is appended to a file, and begins anew when it is cut, replaced or removed. */
  static final class Tail {
    private final Loop loop;
    private final String path;
    private final Consumer<String> text;
    private final FsPollHandle poll;
    private final CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final ByteBuffer bytes = ByteBuffer.allocate(64 * 1024);
    private final CharBuffer chars = CharBuffer.allocate(64 * 1024);
    private FsStat known = FsStat.ZERO;
    private long offset;

    Tail(Loop loop, String path, Consumer<String> text) {
      this.loop = loop;
      this.path = path;
      this.text = text;
      this.poll = FsPollHandle.init(loop);
    }

    void start(long intervalMillis) {
      poll.start(path, intervalMillis, (handle, status, before, now) -> look(status));
      // The handle tells nothing of its first stat. This one is asked behind it.
      Fs.stat(loop, path, first -> look((int) first.result()));
    }

    private void look(int status) {
      if (status < 0) {
        beginAnew(FsStat.ZERO);
      } else if (poll.isActive()) {
        read();
      }
    }

    /** Few bytes, right away: for a log that grows slowly, the blocking form is good enough. */
    private void read() {
      try (FsFile file = openIfThere()) {
        if (file == null) {
          beginAnew(FsStat.ZERO); // removed since the stat
          return;
        }
        FsStat now = file.stat();
        if (!now.isSameFileAs(known) || now.size() < offset) {
          beginAnew(now);
        }
        for (long read; poll.isActive() && (read = file.read(bytes, offset)) > 0; ) {
          offset += read;
          decoder.decode(bytes.flip(), chars.clear(), false);
          bytes.compact(); // what is there of a letter that is not all there
          text.accept(chars.flip().toString());
        }
      }
    }

    private FsFile openIfThere() {
      try {
        return FsFile.open(path, FsFlags.O_RDONLY, 0);
      } catch (UvException e) {
        if (e.error() == UvError.ENOENT) {
          return null;
        }
        throw e;
      }
    }

    private void beginAnew(FsStat file) {
      known = file;
      offset = 0;
      bytes.clear();
      decoder.reset();
    }

    void stop() {
      poll.close();
    }
  }

  // @end region="tail"

  // @start region="run"
  /** Runs a program on a loop of its own, and leaves nothing of it behind, however it ends. */
  static void run(Consumer<Loop> program, Consumer<Throwable> report) {
    Loop loop = Loop.open();
    try {
      loop.setExceptionHandler((source, thrown) -> report.accept(thrown));
      program.accept(loop);
      loop.run();
    } finally {
      loop.shutdown();
    }
  }
  // @end region="run"
}
