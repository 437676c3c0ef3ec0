// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.fs.contract.FsBackendContract;
import io.minilibuv.fs.contract.FsProbe;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of what {@code docs/fs-nio.md} says that it cannot be done, what is answered ENOSYS. */
class NioFsBackendTest extends FsBackendContract {

  @Override
  protected FsBackend backend() {
    return FsBackend.nio();
  }

  @Override
  protected Set<FsProbe> unsupported() {
    Set<FsProbe> unsupported =
        EnumSet.of(
            FsProbe.COPYFILE_FICLONE_FORCE,
            FsProbe.UTIME_OF_A_PIPE,
            FsProbe.FUTIME_OF_A_PIPE,
            FsProbe.LUTIME_OF_A_PIPE);
    if (!FsErrors.LINUX) {
      unsupported.add(FsProbe.FCHMOD_WITHOUT_NAME);
      unsupported.add(FsProbe.FUTIME_WITHOUT_NAME);
      unsupported.add(FsProbe.FCHOWN_WITHOUT_NAME);
    }
    return unsupported;
  }

  @Override
  protected boolean opensInOneStep() {
    return false;
  }

  @Test
  void itsNameIsThatOfTheLibraryItStandsOn() {
    assertThat(backend().name()).isEqualTo("java.nio");
  }
}
