// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsBackend;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backend says that it cannot do, and what it says so for. */
abstract class SupportContract extends ContractFixture {

  @ParameterizedTest
  @EnumSource
  void whatIsNotSupportedIsDeclaredAndNothingElse(FsProbe probe) {
    long result = probe.run(this);
    boolean declared = contract().unsupported().contains(probe);
    assertThat(result == UvError.ENOSYS.code()).as(told(result)).isEqualTo(declared);
    if (!declared && probe != FsProbe.COPYFILE_FICLONE_FORCE) {
      assertThat(result).as(told(result)).isNotNegative();
    }
  }

  @Test
  void everyCallIsProbed() {
    TreeMap<String, FsProbe> probes = new TreeMap<>();
    for (FsProbe probe : FsProbe.values()) {
      probes.put(probe.name().toLowerCase(Locale.ROOT), probe);
    }
    assertThat(probes.keySet())
        .containsAll(
            Arrays.stream(FsBackend.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("name"))
                .collect(Collectors.toList()));
  }

  /** A call that is refused has done nothing. */
  @Test
  void aCloneThatCannotBeMadeLeavesNothing() {
    long result = FsProbe.COPYFILE_FICLONE_FORCE.run(this);
    assertThat(isMissing(at("new"))).isEqualTo(result < 0);
  }
}
