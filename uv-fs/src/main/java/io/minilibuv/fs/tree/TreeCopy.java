// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies a tree: {@link FsTrees#copyTree}. */
final class TreeCopy extends Traversal {
  /** How many buffers are to be in use, if there are enough large files. */
  private static final int CHUNKS = 32;

  private static final int MOST_CHUNKS_PER_FILE = 8;

  private final String target;
  private final int chunksPerFile;
  private final boolean resumed;
  private final Buffers buffers = new Buffers();
  private final long pid = ProcessHandle.current().pid();
  private long temporaryNames = ThreadLocalRandom.current().nextInt(1 << 30);

  TreeCopy(Loop loop, TreeOptions options, String target) {
    super(loop, options);
    this.target = target;
    this.chunksPerFile =
        Math.max(1, Math.min(CHUNKS / options.concurrency(), MOST_CHUNKS_PER_FILE));
    this.resumed = options.isResumed();
  }

  @Override
  void admit(TreeEntry root, Consumer<@Nullable UvException> answer) {
    if (target.isEmpty()) {
      answer.accept(UvError.ENOENT.exception("copy", target));
    } else if (root.stat().isDirectory()) {
      new InsideProbe(loop(), root.path(), target, answer).start();
    } else {
      answer.accept(null);
    }
  }

  @Override
  @Nullable Job jobFor(@Nullable DirectoryJob parent, TreeEntry entry) {
    FsStat stat = entry.stat();
    if (stat.isRegularFile()) {
      return new FileCopy(this, parent, entry);
    }
    if (stat.isDirectory()) {
      return new DirectoryCopy(this, parent, entry);
    }
    return stat.isSymbolicLink() ? new LinkCopy(this, parent, entry) : null;
  }

  /** Whether what is there already is left alone. */
  boolean isResumed() {
    return resumed;
  }

  /** What the copy of {@code entry} is to be called. */
  String targetOf(TreeEntry entry) {
    return entry.depth() == 0 ? target : PathNames.join(target, entry.relative());
  }

  /**
   * Tells if {@code request}, which was to keep a mode or a time, has failed. The copy has not: the
   * content is worth more. What a platform does not have cannot be kept, and is no failure.
   */
  void tellIfNotKept(FsRequest request, String path) {
    if (request.result() < 0 && request.result() != UvError.ENOSYS.code()) {
      failed(Job.failureOf(request, path));
    }
  }

  /** A name beside {@code path} that nothing has: it counts up from a number that nobody knows. */
  String temporaryName(String path) {
    return PathNames.temporary(path, pid, temporaryNames++);
  }

  /** How many chunks of a file are on their way at once: the more, the fewer files there are. */
  int chunksPerFile() {
    return chunksPerFile;
  }

  Buffers buffers() {
    return buffers;
  }
}
