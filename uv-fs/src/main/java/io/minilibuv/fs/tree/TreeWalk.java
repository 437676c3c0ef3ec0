// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.tree.TreeVisitor.Next;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows a tree to a visitor: {@link FsTrees#walkTree}. */
final class TreeWalk extends Traversal {
  private final TreeVisitor visitor;

  TreeWalk(Loop loop, TreeOptions options, TreeVisitor visitor) {
    super(loop, options);
    this.visitor = Objects.requireNonNull(visitor, "visitor");
  }

  @Override
  Job jobFor(@Nullable DirectoryJob parent, TreeEntry entry) {
    return new Visit(this, parent, entry);
  }

  /** What the visitor answers; END if the walk ends anyway. */
  private Next ask(Supplier<Next> question) {
    Next[] answer = {Next.END};
    guard(() -> answer[0] = Objects.requireNonNull(question.get(), "a visitor's answer"));
    if (answer[0] == Next.END) {
      finish();
    }
    return answer[0];
  }

  /** The visit of one entry: enter, and for a directory scandir, everything in it, and leave. */
  private static final class Visit extends DirectoryJob {
    private final TreeWalk walk;

    Visit(TreeWalk walk, @Nullable DirectoryJob parent, TreeEntry entry) {
      super(walk, parent, entry);
      this.walk = walk;
    }

    @Override
    void start() {
      walk.done(entry, seen().isRegularFile() ? seen().size() : 0);
      Next next = isStopped() ? Next.END : walk.ask(() -> walk.visitor.enter(entry));
      if (next == Next.CONTINUE && seen().isDirectory()) {
        Fs.scandir(loop(), path(), this::onListed);
      } else {
        end();
      }
    }

    private void onListed(FsRequest scandir) {
      if (failed(scandir, path())) {
        filled();
      } else {
        open(scandir.entries());
      }
    }

    @Override
    void filled() {
      if (!tree.isStopped()) {
        walk.ask(() -> walk.visitor.leave(entry));
      }
      end();
    }
  }
}
