// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.PathElement.sequenceElement;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code struct epoll_event} of include/uapi/linux/eventpoll.h, as each processor has it. */
class EpollEventsTest {
  private static final int CAPACITY = 3;

  /** With {@code EPOLL_PACKED}. */
  private static final MemoryLayout PACKED =
      MemoryLayout.structLayout(JAVA_INT.withName("events"), JAVA_LONG_UNALIGNED.withName("data"));

  private static final MemoryLayout PADDED =
      MemoryLayout.structLayout(
          JAVA_INT.withName("events"), MemoryLayout.paddingLayout(4), JAVA_LONG.withName("data"));

  private static long at(boolean packed, int index, String field) {
    return MemoryLayout.sequenceLayout(CAPACITY, packed ? PACKED : PADDED)
        .byteOffset(sequenceElement(index), groupElement(field));
  }

  /** The number of a descriptor as {@code data.fd}, beside which there is nothing. */
  private static long data(int fd) {
    return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? fd : (long) fd << 32;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatTheKernelWritesIsRead(boolean packed) {
    try (Arena arena = Arena.ofConfined()) {
      EpollEvents events = new EpollEvents(arena, CAPACITY, packed);
      MemorySegment memory = events.memory();
      assertThat(memory.byteSize()).isEqualTo(CAPACITY * (packed ? 12 : 16));
      for (int i = 0; i < CAPACITY; i++) {
        memory.set(JAVA_INT, at(packed, i, "events"), 0x8000_0010 + i);
        memory.set(JAVA_LONG_UNALIGNED, at(packed, i, "data"), data(100 + i));
      }
      for (int i = 0; i < CAPACITY; i++) {
        assertThat(events.events(i)).isEqualTo(0x8000_0010 + i);
        assertThat(events.fd(i)).isEqualTo(100 + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theKernelReadsWhatIsWritten(boolean packed) {
    try (Arena arena = Arena.ofConfined()) {
      EpollEvents events = new EpollEvents(arena, CAPACITY, packed);
      MemorySegment first = events.first(EpollEvents.IN | EpollEvents.EDGE_TRIGGERED, 77);
      assertThat(first.get(JAVA_INT, at(packed, 0, "events"))).isEqualTo(0x8000_0001);
      assertThat(first.get(JAVA_LONG_UNALIGNED, at(packed, 0, "data"))).isEqualTo(data(77));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, true",
    "x86_64, true",
    "AMD64, true",
    "aarch64, false",
    "arm64, false",
    "riscv64, false",
    "ppc64le, false",
    "s390x, false",
  })
  void onlyX86HasNoPadding(String processor, boolean packed) {
    assertThat(EpollEvents.isPacked(processor)).isEqualTo(packed);
  }
}
