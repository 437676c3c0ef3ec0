// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

  /** Takes nothing, and says why. */
  private static final class Failing extends OutputStream {
    private String why;

    Failing(String why) {
      this.why = why;
    }

    @Override
    public void write(int b) throws IOException {
      throw new IOException(why);
    }
  }

  @Test
  void writesWhatItIsGiven() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (StandardOutput output = new StandardOutput(bytes)) {
      output.write('a');
      output.write("xbcx".getBytes(UTF_8), 1, 2);
      assertThat(output.isBrokenPipe()).isFalse();
    }
    assertThat(bytes.toString(UTF_8)).isEqualTo("abc");
  }

  /** Each write is a system call. */
  @Test
  void linesAreKeptBackUntilThereAreMany() {
    int[] writes = new int[1];
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] some, int offset, int length) {
            writes[0]++;
            super.write(some, offset, length);
          }
        };
    PrintStream out = new StandardOutput(bytes).printer(false);
    for (int i = 0; i < 1000; i++) {
      out.println("a line");
    }
    out.flush();
    assertThat(bytes.toString(UTF_8).lines()).hasSize(1000).containsOnly("a line");
    assertThat(writes[0]).isEqualTo(1);
  }

  @Test
  void onATerminalEachLineIsSeenAtOnce() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new StandardOutput(bytes).printer(true);
    out.println("a line");
    assertThat(bytes.toString(UTF_8).lines()).containsExactly("a line");
  }

  @Test
  void knowsThatNobodyReadsIt() throws Exception {
    try (StandardOutput output = new StandardOutput(new Failing("Broken pipe"))) {
      assertThatThrownBy(() -> output.write('a')).isInstanceOf(IOException.class);
      assertThat(output.isBrokenPipe()).isTrue();
    }
  }

  @Test
  void anythingElseIsAnError() throws Exception {
    try (StandardOutput output = new StandardOutput(new Failing("No space left on device"))) {
      assertThatThrownBy(() -> output.write('a')).isInstanceOf(IOException.class);
      assertThat(output.isBrokenPipe()).isFalse();
    }
  }

  @Test
  void theFirstFailureIsTheReason() throws Exception {
    Failing failing = new Failing("No space left on device");
    try (StandardOutput output = new StandardOutput(failing)) {
      assertThatThrownBy(() -> output.write('a')).isInstanceOf(IOException.class);
      failing.why = "Broken pipe";
      assertThatThrownBy(() -> output.write('a')).isInstanceOf(IOException.class);
      assertThat(output.isBrokenPipe()).isFalse();
    }
  }
}
