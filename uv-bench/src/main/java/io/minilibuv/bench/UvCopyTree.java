// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;

/**
 * A tree copied by the plain requests, so many at once: mkdir and scandir for a directory, copyfile
 * for a file. Step by step what C's program does, and then again what libuv and this project do
 * inside of a copyfile: both set mode, owner and times of the copy. But libuv does so since 1.49
 * only; with an older one, such as Debian 12's 1.44.2, C has two system calls less for each file.
 */
final class UvCopyTree implements Workload {
  private static final int MODE = 0777;

  /** A directory that has been read, and the request that gives its entries. */
  private record Directory(String below, FsRequest entries) {}

  private final String from;
  private final String to;
  private final int flight;
  private final Census expected;
  private final Loop loop = Loop.open();
  private final Deque<Directory> open = new ArrayDeque<>();
  private int idle;
  private long copied;

  UvCopyTree(String from, String to, int flight) throws IOException {
    this.from = from;
    this.to = to;
    this.flight = flight;
    expected = Census.of(Path.of(from));
  }

  @Override
  public void prepare() throws ExecutionException, InterruptedException {
    var removal = FsTrees.removeTree(loop, to, new TreeOptions().allowMissing(true));
    loop.run();
    removal.get();
    idle = flight - 1;
    copied = 0;
  }

  @Override
  public long round() {
    makeDirectory("");
    loop.run();
    return copied;
  }

  private void makeDirectory(String below) {
    Fs.mkdir(loop, to + below, MODE, mkdir -> onMade(mkdir, below));
  }

  private void onMade(FsRequest mkdir, String below) {
    done(mkdir);
    copied++;
    Fs.scandir(loop, from + below, scandir -> onRead(done(scandir), below));
  }

  private void onRead(FsRequest scandir, String below) {
    open.push(new Directory(below, scandir));
    takeEntry();
    while (idle > 0 && !open.isEmpty()) {
      idle--;
      takeEntry();
    }
  }

  private void takeEntry() {
    while (!open.isEmpty()) {
      Directory directory = open.element();
      Dirent entry = directory.entries.scandirNext();
      if (entry != null) {
        String below = directory.below + '/' + entry.name();
        if (entry.type() == DirentType.DIR) {
          makeDirectory(below);
        } else {
          Fs.copyfile(loop, from + below, to + below, 0, this::onCopied);
        }
        return;
      }
      open.remove();
    }
    idle++;
  }

  private void onCopied(FsRequest copyfile) {
    done(copyfile);
    copied++;
    takeEntry();
  }

  private static FsRequest done(FsRequest request) {
    if (request.result() < 0) {
      throw new UvException(
          (int) request.result(), request.fsType().callName(), String.valueOf(request.path()));
    }
    return request;
  }

  @Override
  public void check(long work) throws IOException {
    Workload.exactly(flight, idle);
    expected.check(Path.of(to), work);
  }

  @Override
  public void close() throws ExecutionException, InterruptedException {
    prepare();
    loop.close();
  }
}
