// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Failures;
import io.minilibuv.examples.cli.Names;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeEntry;
import io.minilibuv.fs.tree.TreeListener;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.fs.tree.TreeVisitor.Next;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The files that are to be hashed: what was named, as it was named, and in the place of a directory
 * the regular files in its tree, in the order of their paths' bytes.
 *
 * <p>What else is in a tree is left alone: who opens a FIFO waits for somebody at its other end,
 * perhaps for ever. What was named is opened whatever it is.
 */
final class HashList implements TreeListener {
  private record Part(LongSupplier soFar, long expected) implements Progress.Amount {
    @Override
    public long done() {
      return soFar.getAsLong();
    }

    @Override
    public boolean isExpectedFinal() {
      return true;
    }
  }

  private final Loop loop;
  private final Failures failures;
  private final List<String> paths = new ArrayList<>();
  private final List<String> found = new ArrayList<>();
  private @Nullable FsTask<TreeResult> walk;
  private long bytes;
  private long others;

  /**
   * @param failures gets what cannot be looked at
   */
  HashList(Loop loop, Failures failures) {
    this.loop = loop;
    this.failures = failures;
  }

  /** The files. */
  List<String> paths() {
    return paths;
  }

  /** How many there are by now. */
  int found() {
    return paths.size() + found.size();
  }

  /**
   * How much of them is done, for a bar.
   *
   * @param done how many bytes the work has done until now
   */
  Progress.Amount progress(LongSupplier done) {
    return new Part(done, bytes);
  }

  /** How many devices, FIFOs and sockets were in trees. */
  long others() {
    return others;
  }

  /** Adds what {@code name} means; {@link #settle} when the loop has done it. One at a time. */
  void add(String name) {
    if (name.equals(FileHash.STDIN)) {
      paths.add(name);
    } else {
      Fs.stat(loop, name, stat -> onStat(name, stat));
    }
  }

  private void onStat(String name, FsRequest stat) {
    if (stat.result() >= 0 && stat.stat().isDirectory()) {
      // The slash has a link followed, if this is one: it was asked for.
      String root = name.endsWith("/") ? name : name + '/';
      TreeOptions options = new TreeOptions().keptErrors(0).listener(this);
      walk = FsTrees.walkTree(loop, root, options, this::entered);
    } else {
      // If there is something wrong with it, that is told by who opens it.
      paths.add(name);
      bytes += stat.result() >= 0 ? stat.stat().size() : 0;
    }
  }

  private Next entered(TreeEntry entry) {
    if (entry.type() == DirentType.FILE) {
      found.add(entry.path());
      bytes += entry.stat().size();
    } else if (entry.type() != DirentType.DIR && entry.type() != DirentType.LINK) {
      others++;
    }
    return Next.CONTINUE;
  }

  /** The loop is not alive any more: takes over what was found in the tree that was added last. */
  void settle() {
    if (walk != null) {
      try {
        walk.join();
      } catch (CompletionException e) {
        failures.add(failureOf(e));
      } catch (CancellationException e) {
        // There was no time; what was found is as good as it was.
      }
      walk = null;
    }
    found.sort(HashList::compareBytes);
    paths.addAll(found);
    found.clear();
  }

  private static UvException failureOf(CompletionException thrown) {
    if (thrown.getCause() instanceof UvException failure) {
      return failure;
    }
    throw thrown;
  }

  @Override
  public void failed(UvException failure) {
    failures.add(failure);
  }

  void stop() {
    if (walk != null) {
      walk.cancel(false);
    }
  }

  /** The order of the bytes. It is that of the chars, but for surrogates. */
  static int compareBytes(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char one = a.charAt(i);
      char other = b.charAt(i);
      if (one != other) {
        return Character.isSurrogate(one) || Character.isSurrogate(other)
            ? Arrays.compareUnsigned(Names.bytes(a), Names.bytes(b))
            : Character.compare(one, other);
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
