// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.stress.Meeting;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of open files, the real one or a copy with a mistake. */
abstract class TableUnderTest {

  /** A file that knows whether it was closed, and how often. */
  static final class Probe extends OpenFile {
    private volatile int closed;

    Probe() {
      super(null, null);
    }

    int timesClosed() {
      return closed;
    }

    @Override
    long read(ByteBuffer[] buffers, long offset) {
      long before = closed;
      // As long as a short read takes.
      Meeting.spin(5);
      return before + closed;
    }

    @Override
    long write(ByteBuffer[] buffers, long offset) {
      throw new UnsupportedOperationException();
    }

    @Override
    void force(boolean all) {
      throw new UnsupportedOperationException();
    }

    @Override
    void truncate(long length) {
      throw new UnsupportedOperationException();
    }

    @Override
    long size() {
      return 0;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // Two who close it at once are the finding.
    void close() {
      closed++;
    }
  }

  abstract int add(OpenFile file);

  abstract @Nullable OpenFile acquire(int fd);

  abstract void release(OpenFile file);

  abstract int close(int fd);

  static TableUnderTest real() {
    FdTable table = new FdTable();
    return new TableUnderTest() {
      @Override
      int add(OpenFile file) {
        return table.add(file);
      }

      @Override
      @Nullable OpenFile acquire(int fd) {
        return table.acquire(fd);
      }

      @Override
      void release(OpenFile file) {
        table.release(file);
      }

      @Override
      int close(int fd) {
        return table.close(fd);
      }
    };
  }

  /** Closes the file when its number goes, whoever is using it. */
  static TableUnderTest closingUnderUse() {
    return new Flawed() {
      @Override
      void release(OpenFile file) {}

      @Override
      int close(int fd) {
        OpenFile file = files.set(fd, null);
        closeNow(file);
        return 0;
      }
    };
  }

  /** Takes the file first and holds it then, without a lock over both. */
  static TableUnderTest holdingTooLate() {
    return new Flawed() {
      @Override
      @Nullable OpenFile acquire(int fd) {
        OpenFile file = files.get(fd);
        Meeting.spin(3);
        if (file != null) {
          synchronized (lock) {
            file.holders++;
          }
        }
        return file;
      }
    };
  }

  /** {@link FdTable} once more, for a few files, with places for mistakes. */
  private abstract static class Flawed extends TableUnderTest {
    final Object lock = new Object();
    final List<@Nullable OpenFile> files = new ArrayList<>();

    @Override
    int add(OpenFile file) {
      synchronized (lock) {
        file.holders = 1;
        int free = files.indexOf(null);
        if (free < 0) {
          files.add(file);
          return files.size() - 1;
        }
        files.set(free, file);
        return free;
      }
    }

    @Override
    @Nullable OpenFile acquire(int fd) {
      synchronized (lock) {
        OpenFile file = files.get(fd);
        if (file != null) {
          file.holders++;
        }
        return file;
      }
    }

    @Override
    void release(OpenFile file) {
      boolean last;
      synchronized (lock) {
        last = --file.holders == 0;
      }
      if (last) {
        closeNow(file);
      }
    }

    @Override
    int close(int fd) {
      OpenFile file;
      synchronized (lock) {
        file = files.set(fd, null);
      }
      release(file);
      return 0;
    }

    static void closeNow(OpenFile file) {
      ((Probe) file).close();
    }
  }
}
