// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A process that only the test knows: it decides when it ends, and when that is told. */
final class FakeProcess extends Process {
  private final FakeHandle handle = new FakeHandle();
  private final CompletableFuture<Process> told = new CompletableFuture<>();
  private int status;

  /** The system's view: it knows of the end first. */
  private static final class FakeHandle implements ProcessHandle {
    final CompletableFuture<ProcessHandle> gone = new CompletableFuture<>();
    final List<ProcessHandle> descendants = new ArrayList<>();
    boolean alive = true;
    int signals;

    @Override
    public long pid() {
      return 1;
    }

    @Override
    public Optional<ProcessHandle> parent() {
      return Optional.empty();
    }

    @Override
    public Stream<ProcessHandle> children() {
      return Stream.empty();
    }

    @Override
    public Stream<ProcessHandle> descendants() {
      return descendants.stream();
    }

    @Override
    public Info info() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletableFuture<ProcessHandle> onExit() {
      return gone;
    }

    @Override
    public boolean supportsNormalTermination() {
      return true;
    }

    @Override
    public boolean destroy() {
      signals++;
      return true;
    }

    @Override
    public boolean destroyForcibly() {
      return destroy();
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public int compareTo(ProcessHandle other) {
      return Integer.compare(hashCode(), other.hashCode());
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /**
   * Has it start another process.
   *
   * @return ends that one, of which nobody is told
   */
  Runnable startAnother() {
    FakeHandle other = new FakeHandle();
    handle.descendants.add(other);
    return () -> other.alive = false;
  }

  /** How often it was asked to end. */
  int signals() {
    return handle.signals;
  }

  /** It has ended; the system knows. */
  void end(int status) {
    this.status = status;
    handle.alive = false;
    handle.gone.complete(handle);
  }

  /** The end is told by the process, too. */
  void tell() {
    told.complete(this);
  }

  @Override
  public ProcessHandle toHandle() {
    return handle;
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return told;
  }

  @Override
  public int exitValue() {
    return status;
  }

  @Override
  public void destroy() {
    handle.destroy();
  }

  @Override
  public int waitFor() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return InputStream.nullInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return InputStream.nullInputStream();
  }
}
