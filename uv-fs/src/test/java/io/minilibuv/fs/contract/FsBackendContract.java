// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import io.minilibuv.fs.FsBackend;
import io.minilibuv.testing.LeakCheck;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every file system backend must do, asked of the seam itself: results are libuv's numbers.
 *
 * <p>It asks for what all of them can do on a Unix system. What a backend may answer {@code
 * UV_ENOSYS} for, its test declares, and exactly that must be so. Descriptors and threads are
 * counted after every test.
 */
@ExtendWith(LeakCheck.class)
public abstract class FsBackendContract {

  /** For subclasses. */
  protected FsBackendContract() {}

  /** The backend that is to be tested. */
  protected abstract FsBackend backend();

  /** What it answers {@code UV_ENOSYS} for on this system. */
  protected abstract Set<FsProbe> unsupported();

  /**
   * Whether {@code thread}, which is known to have called the backend, waits in the system for its
   * call to go on.
   */
  protected boolean waitsInSystem(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && stack[0].isNativeMethod();
  }

  /**
   * Whether what is opened to read and to append is one file, although its name is given to another
   * at that moment.
   */
  protected boolean opensInOneStep() {
    return true;
  }

  @Nested
  class Opening extends OpeningContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class Paths extends PathContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class Transfer extends TransferContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class Names extends NameContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class Directories extends DirectoryContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class Attributes extends AttributeContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class Copies extends CopyContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class DescriptorRaces extends DescriptorRaceContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class FileRaces extends FileRaceContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }

  @Nested
  class Support extends SupportContract {
    @Override
    FsBackendContract contract() {
      return FsBackendContract.this;
    }
  }
}
