// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.testing.Crew;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Memory that a thread has to itself, again and again the same. */
class ScratchTest {

  @Test
  void aThreadHasTheSameEachTime() throws UnencodableException {
    long address;
    try (Scratch scratch = Scratch.take()) {
      address = scratch.path("a").address();
      assertThat(CString.read(scratch.path("path"))).isEqualTo("path");
      assertThat(scratch.path("path").address()).isEqualTo(address);
      assertThat(CString.read(scratch.secondPath("another"))).isEqualTo("another");
      assertThat(CString.read(scratch.path("path"))).isEqualTo("path");
    }
    try (Scratch scratch = Scratch.take()) {
      assertThat(scratch.path("b").address()).isEqualTo(address);
    }
  }

  @Test
  void whatIsLongerThanAnyPathIsWhole() throws UnencodableException {
    try (Scratch scratch = Scratch.take()) {
      for (int length : new int[] {4094, 4095, 4096, 100_000}) {
        String text = "\u65e5".repeat(length);
        assertThat(CString.read(scratch.path(text))).isEqualTo(text);
      }
    }
  }

  @Test
  void bytesGrowAndStay() {
    try (Scratch scratch = Scratch.take()) {
      MemorySegment some = scratch.bytes(10);
      assertThat(scratch.bytes(4096).address()).isEqualTo(some.address());
      MemorySegment more = scratch.bytes(100_000);
      assertThat(more.byteSize()).isGreaterThanOrEqualTo(100_000);
      assertThat(scratch.bytes(10).address()).isEqualTo(more.address());
    }
  }

  /** Only where assertions are checked, as they are in all tests. */
  @Test
  void aSecondOneWithinIsFound() {
    try (Scratch scratch = Scratch.take()) {
      assertThat(scratch.errno().address()).isNotZero();
      assertThatThrownBy(Scratch::take).isInstanceOf(AssertionError.class);
    }
    Scratch.take().close();
  }

  @Test
  void noTwoThreadsHaveOne() throws Exception {
    Set<Long> addresses = ConcurrentHashMap.newKeySet();
    int threads = 4;
    CyclicBarrier allHaveOne = new CyclicBarrier(threads);
    try (Crew crew = new Crew()) {
      for (int i = 0; i < threads; i++) {
        crew.start(
            () -> {
              try (Scratch scratch = Scratch.take()) {
                addresses.add(scratch.errno().address());
                allHaveOne.await();
              }
            });
      }
    }
    assertThat(addresses).hasSize(threads);
  }

  /** They are too many to have one each. */
  @Test
  void virtualThreadsTakeTurns() throws Exception {
    Set<Long> addresses = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 100; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (Scratch scratch = Scratch.take()) {
                  addresses.add(scratch.errno().address());
                }
              })
          .join();
    }
    assertThat(addresses).hasSize(1);
  }
}
