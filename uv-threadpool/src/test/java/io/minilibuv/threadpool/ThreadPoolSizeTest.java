// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code UV_THREADPOOL_SIZE}, read as C reads it. */
class ThreadPoolSizeTest {

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        // Plain numbers, and the bounds.
        "1,1",
        "2,2",
        "4,4",
        "128,128",
        "1023,1023",
        "1024,1024",
        "1025,1024",
        "99999,1024",
        // None at all is 0, and 0 is 1.
        "'',1",
        "0,1",
        "000,1",
        "x,1",
        "-,1",
        "+,1",
        "+-3,1",
        "--3,1",
        "' ',1",
        "'- 3',1",
        // What is before and behind the digits.
        "' 7',7",
        "'  \t7',7",
        "'\u000b\f\r\n7',7",
        "+7,7",
        "' +7',7",
        "007,7",
        "5x,5",
        "'5 6',5",
        "5.9,5",
        "0x10,1",
        "1e3,1",
        "'7 ',7",
        "\u00a07,1",
        "\u0667,1",
        // Unsigned: a negative number is a large one.
        "-1,1024",
        "-4,1024",
        "' -1',1024",
        "-0,1",
        "-4294967295,1",
        "-4294967292,4",
        // What does not fit loses its upper bits.
        "2147483648,1024",
        "4294967295,1024",
        "4294967296,1",
        "4294967297,1",
        "4294967299,3",
        "8589934600,8",
        // 16 characters do not fit into the buffer, and are ignored.
        "000000000000008,8",
        "0000000000000008,4",
        "999999999999999,1024",
        "1234567890123456,4",
        "'               9',4",
        "'              9',9",
        // They are counted as bytes.
        "7\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4,7",
        "7 \u00e4\u00e4\u00e4\u00e4\u00e4\u00e4\u00e4,4",
      })
  void readsASettingAsCDoes(String setting, int size) {
    assertThat(ThreadPoolSize.of(setting)).isEqualTo(size);
  }

  @Test
  void withoutASettingItIsFour() {
    assertThat(ThreadPoolSize.of(null)).isEqualTo(4);
  }

  /** Prints the size of the process-wide pool. */
  static final class PrintSize {
    public static void main(String[] args) {
      System.out.print("size " + ThreadPool.shared().size());
    }
  }

  @Test
  void theVariableSetsTheSizeOfTheProcessWidePool() throws IOException, InterruptedException {
    assertThat(ChildJvm.run(PrintSize.class, List.of(), Map.of()).output()).endsWith("size 4");
    assertThat(ChildJvm.run(PrintSize.class, List.of(), Map.of("UV_THREADPOOL_SIZE", "7")).output())
        .endsWith("size 7");
  }

  @Test
  void thePropertyOverridesTheVariable() throws IOException, InterruptedException {
    List<String> options = List.of("-DUV_THREADPOOL_SIZE=3");
    assertThat(ChildJvm.run(PrintSize.class, options, Map.of()).output()).endsWith("size 3");
    assertThat(ChildJvm.run(PrintSize.class, options, Map.of("UV_THREADPOOL_SIZE", "7")).output())
        .endsWith("size 3");
  }
}
