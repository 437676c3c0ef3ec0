// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to be told that a file is not there, beside being told of one that is. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ErrnoBench {
  /** {@code linux} is uv-linux, and needs JDK 22 and Linux. */
  @Param({"nio", "linux"})
  String backend;

  private FsBackend fs;
  private Path file;
  private String there;
  private String missing;
  private Path missingPath;

  @Setup
  public void setUp() throws IOException {
    fs = backend.equals("nio") ? FsBackend.nio() : FsBackend.system();
    if (backend.equals("linux") && fs == FsBackend.nio()) {
      throw new IllegalStateException("uv-linux is not here, or does not work here");
    }
    file = Files.createTempFile("errno", "");
    there = file.toString();
    missing = there + ".missing";
    missingPath = Path.of(missing);
  }

  @TearDown
  public void tearDown() throws IOException {
    Files.delete(file);
  }

  /** The backend's answer for a file that is not there: ENOENT as a number. */
  @Benchmark
  public long statMissing() {
    return fs.stat(missing, new FsAnswer());
  }

  /** The same as whoever calls {@code Fs.stat} and waits is told it: by an exception. */
  @Benchmark
  public Object thrownMissing() {
    try {
      throw new UvException((int) fs.stat(missing, new FsAnswer()), "stat", missing);
    } catch (UvException e) {
      return e;
    }
  }

  /** The backend's answer for a file that is there. */
  @Benchmark
  public long statThere() {
    return fs.stat(there, new FsAnswer());
  }

  /** Java's own, which throws; the same beside either backend. */
  @Benchmark
  public Object javaMissing() throws IOException {
    try {
      return Files.readAttributes(missingPath, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return e;
    }
  }
}
