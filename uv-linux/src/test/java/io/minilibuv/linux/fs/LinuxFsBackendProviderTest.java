// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.core.UvError.EPERM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsBackend;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How this backend gets to be the process's, and when it does not. */
class LinuxFsBackendProviderTest {
  private static final Pattern LINKED =
      Pattern.compile("Native\\s*\\.(?:function|variadic)\\(\\s*\"(\\w+)\"");

  @Test
  void itIsTheBackendOfTheProcess() {
    assertThat(FsBackend.system()).isInstanceOf(LinuxFsBackend.class);
    int fd = Fs.open("/", 0, 0);
    // The number is the system's.
    assertThat(Path.of("/proc/self/fd/" + fd)).exists();
    Fs.close(fd);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "statx", "close"})
  void whatIsRefusedAtOnceIsNoBackend(String call) {
    FaultyCalls calls = new FaultyCalls().alwaysFail(call, EPERM);
    if (call.equals("statx")) {
      calls.alwaysFail("newfstatat", EPERM);
    }
    assertThatThrownBy(() -> LinuxFsBackendProvider.tried(calls.backend()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("EPERM");
  }

  /** They would be refused to every backend, and may not be for long. */
  @ParameterizedTest
  @EnumSource(names = {"EMFILE", "ENFILE", "ENOMEM", "EACCES"})
  void whatIsOnlyRefusedForNowIsABackend(UvError refused) {
    FaultyCalls calls = new FaultyCalls();
    calls.always(
        "open",
        arguments -> {
          MemorySegment path = (MemorySegment) arguments[1];
          boolean empty = path.get(ValueLayout.JAVA_BYTE, 0) == 0;
          return (empty ? UvError.ENOENT : refused).code();
        });
    FsBackend backend = LinuxFsBackendProvider.tried(calls.backend());
    assertThat(backend.open("/", 0, 0)).isEqualTo(refused.code());
  }

  /** A function that is looked for only when it is called would be missed too late. */
  @Test
  void everyFunctionThatIsLinkedIsLookedForFirst() throws IOException {
    Set<String> linked = new TreeSet<>();
    Path sources = Path.of("src/main/java/io/minilibuv/linux/fs");
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Matcher matcher = LINKED.matcher(Files.readString(file));
        while (matcher.find()) {
          linked.add(matcher.group(1));
        }
      }
    }
    Set<String> known = new TreeSet<>(LibcCalls.FUNCTIONS);
    known.addAll(LibcPathCalls.FUNCTIONS);
    assertThat(linked).hasSizeGreaterThan(30).isEqualTo(known);
    assertThat(LibcCalls.missing()).isEmpty();
  }

  @Test
  void processorsAreKnownByJavasNames() {
    assertThat(Abi.of("amd64")).isEqualTo(Abi.X86_64);
    assertThat(Abi.of("aarch64")).isEqualTo(Abi.AARCH64);
    for (String other : new String[] {"", "x86", "arm", "ppc64", "ppc64le", "s390x", "riscv64"}) {
      assertThat(Abi.of(other)).isNull();
    }
  }

  /** The numbers are those of asm/fcntl.h. */
  @Test
  void flagsAreTheProcessors() {
    int common = 02 | 0100 | 0200 | 01000 | 02000 | 04000 | 04010000 | 01000000 | 02000000;
    assertThat(Abi.AARCH64.openFlags(common)).isEqualTo(common);
    assertThat(Abi.AARCH64.openFlags(common | 0200000)).isEqualTo(common | 040000);
    assertThat(Abi.AARCH64.openFlags(0400000)).isEqualTo(0100000);
    assertThat(Abi.AARCH64.openFlags(040000)).isEqualTo(0200000);
    assertThat(Abi.AARCH64.openFlags(0100000)).isEqualTo(0400000);
    int all = common | 0200000 | 0400000 | 040000 | 0100000;
    assertThat(Abi.AARCH64.openFlags(all)).isEqualTo(all);
    assertThat(Abi.X86_64.openFlags(all)).isEqualTo(all);
  }
}
