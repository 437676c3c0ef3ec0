// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.fs.FsFile;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsPollHandle;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeListener;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.fs.tree.TreeVisitor;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** The recipes of docs/fs-cookbook.md, as they stand there. */
final class FsCookbook {
  private FsCookbook() {}

  // @start region="read"
  /** The future is done when the loop has run. */
  static CompletableFuture<String> readText(Loop loop, String path) {
    return FsFiles.readFile(loop, path).thenApply(bytes -> new String(bytes, UTF_8));
  }

  // @end region="read"

  // @start region="cat"
  /** What uvcat does: open, read until nothing comes, close; each callback asks the next. */
  static final class Cat {
    private final Loop loop;
    private final Consumer<String> text;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    private int fd;

    Cat(Loop loop, Consumer<String> text) {
      this.loop = loop;
      this.text = text;
    }

    void start(String path) {
      Fs.open(loop, path, FsFlags.O_RDONLY, 0, this::onOpen);
    }

    private void onOpen(FsRequest open) {
      fd = (int) open.orThrow();
      read();
    }

    private void read() {
      Fs.read(loop, fd, buffer.clear(), -1, this::onRead);
    }

    private void onRead(FsRequest read) {
      if (read.result() > 0) {
        text.accept(UTF_8.decode(buffer.flip()).toString());
        read();
      } else {
        Fs.close(loop, fd, close -> read.orThrow());
      }
    }
  }

  // @end region="cat"

  // @start region="save"
  static FsTask<Void> save(Loop loop, String path, String text) {
    return FsFiles.writeFileAtomically(loop, path, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  // @end region="save"

  // @start region="copy"
  /** Copies a tree, and tells how much of it is there: first it is counted what there is. */
  static CompletableFuture<TreeResult> copy(
      Loop loop, String source, String target, IntConsumer percent) {
    return FsTrees.walkTree(loop, source, entry -> TreeVisitor.Next.CONTINUE)
        .thenCompose(
            found -> {
              TreeOptions options = new TreeOptions().listener(new Meter(found.bytes(), percent));
              return FsTrees.copyTree(loop, source, target, options);
            });
  }

  /** Makes percent of bytes, and tells each only once. */
  private static final class Meter implements TreeListener {
    private final long total;
    private final IntConsumer percent;
    private long written;
    private int told;

    Meter(long total, IntConsumer percent) {
      this.total = total;
      this.percent = percent;
    }

    @Override
    public void transferred(long bytes) {
      written += bytes;
      int now = (int) Math.min(100, 100 * written / Math.max(1, total));
      if (now > told) {
        told = now;
        percent.accept(now);
      }
    }
  }

  // @end region="copy"

  // @start region="watch"
  static FsEventHandle watch(Loop loop, String directory, Consumer<String> changed) {
    FsEventHandle handle = FsEventHandle.init(loop);
    handle.start(
        directory,
        // No name: news were lost, or there was an error, and anything may have changed.
        (watching, name, events, status) -> changed.accept(name != null ? name : directory));
    return handle;
  }

  // @end region="watch"

  // @start region="tail"
  /** Tells what is appended to a file, and begins anew when it is cut or replaced. */
  static final class Tail {
    private final String path;
    private final Consumer<String> text;
    private final FsPollHandle poll;
    private long offset;

    Tail(Loop loop, String path, Consumer<String> text) {
      this.path = path;
      this.text = text;
      this.poll = FsPollHandle.init(loop);
    }

    void start(long intervalMillis) {
      poll.start(
          path,
          intervalMillis,
          (handle, status, before, now) -> {
            if (status == 0) {
              boolean other = before.ino() != 0 && !now.isSameFileAs(before);
              offset = other || now.size() < offset ? 0 : offset;
              read();
            }
          });
      read();
    }

    /** Few bytes, right away: for a log that grows slowly, the blocking form is good enough. */
    private void read() {
      ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
      try (FsFile file = FsFile.open(path, FsFlags.O_RDONLY, 0)) {
        for (long read; (read = file.read(buffer.clear(), offset)) > 0; offset += read) {
          text.accept(UTF_8.decode(buffer.flip()).toString());
        }
      }
    }

    void stop() {
      poll.stop();
      poll.close();
    }
  }

  // @end region="tail"
}
