// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which part of a file {@code uv tail} writes. */
class TailCutTest {
  @Test
  void readsNumbers() {
    assertThat(TailExtent.parse(true, "7")).isEqualTo(new TailExtent(true, false, 7));
    assertThat(TailExtent.parse(false, "+7")).isEqualTo(new TailExtent(false, true, 6));
    assertThat(TailExtent.parse(true, "+0")).isEqualTo(new TailExtent(true, true, 0));
    for (String wrong : new String[] {"", "+", "x", "-3", "1k", "+-1", "1".repeat(19)}) {
      assertThat(TailExtent.parse(true, wrong)).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "a", "a\n", "a\nb", "a\nb\n", "\n\n\n", "a\r\nb\r\n", "\0\n\0"})
  void cutsSmallTexts(String text) {
    for (int count = 0; count < 5; count++) {
      for (int piece = 1; piece < 4; piece++) {
        assertCuts(text, count, piece);
      }
    }
  }

  @Test
  void cutsWhatDoesNotFitIntoAChunk() {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder();
    for (int line = 0; line < 400; line++) {
      text.append("x".repeat(random.nextInt(3000))).append('\n');
    }
    text.append("y".repeat(200_000)).append("\nend");
    for (int count : new int[] {0, 1, 2, 3, 50, 399, 400, 401, 402, 403, 100_000}) {
      assertCuts(text.toString(), count, 50_000);
    }
  }

  private static void assertCuts(String text, int count, int piece) {
    String lines = lastLines(text, count);
    String bytes = text.substring(Math.max(0, text.length() - count));
    String rest = text.substring(text.length() - lastLines(text, lineCount(text) - count).length());
    assertThat(run(new KeepLast(true, count), text, piece)).isEqualTo(lines);
    assertThat(run(new KeepLast(false, count), text, piece)).isEqualTo(bytes);
    assertThat(run(new SkipFirst(true, count), text, piece)).isEqualTo(rest);
    assertThat(run(new SkipFirst(false, count), text, piece))
        .isEqualTo(text.substring(Math.min(count, text.length())));
    assertThat(run(Cut.NONE, text, piece)).isEqualTo(text);
  }

  private static int lineCount(String text) {
    return (int) text.lines().count();
  }

  /** The plain way: where each line begins, and then the one that is so many from the end. */
  private static String lastLines(String text, int count) {
    List<Integer> begins =
        IntStream.range(0, text.length())
            .filter(i -> i == 0 || text.charAt(i - 1) == '\n')
            .boxed()
            .toList();
    int first = Math.max(0, begins.size() - Math.max(0, count));
    return first == begins.size() ? "" : text.substring(begins.get(first));
  }

  private static String run(Cut cut, String text, int piece) {
    ByteBuffer all = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    StringBuilder written = new StringBuilder();
    while (all.hasRemaining()) {
      ByteBuffer part = all.slice();
      part.limit(Math.min(piece, part.remaining()));
      all.position(all.position() + part.remaining());
      cut.next(part).forEach(bytes -> written.append(ISO_8859_1.decode(bytes)));
    }
    cut.rest().forEach(bytes -> written.append(ISO_8859_1.decode(bytes)));
    return written.toString();
  }
}
