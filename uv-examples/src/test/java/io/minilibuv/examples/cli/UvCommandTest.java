// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What is around every command. */
@ExtendWith(LeakCheck.class)
class UvCommandTest {

  /** Does what a test wants. */
  @Command(name = "frob")
  private static final class Frob extends UvCommand {
    private final Consumer<CommandRun> work;

    Frob(Consumer<CommandRun> work) {
      this.work = work;
    }

    @Override
    protected void run(CommandRun run) {
      work.accept(run);
    }
  }

  private final PrintStream before = System.err;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(said, true, UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setErr(before);
  }

  private static int execute(Consumer<CommandRun> work) {
    return new CommandLine(new Frob(work)).execute("--threads", "1");
  }

  @Test
  void aMistakeIsALineAndNoStack() {
    int status =
        execute(
            run -> {
              throw new IllegalStateException("one\ntwo");
            });
    assertThat(status).isEqualTo(1);
    assertThat(said.toString(UTF_8).lines())
        .containsExactly(
            "frob: java.lang.IllegalStateException: one\\ntwo"
                + " (a mistake of the program's; -v tells where)");
  }

  @Test
  void aMistakeInACallbackIsToldToo() {
    int status =
        execute(
            run -> {
              TimerHandle.init(run.loop())
                  .start(
                      timer -> {
                        throw new AssertionError("wrong");
                      },
                      0,
                      0);
              run.untilDone();
            });
    assertThat(status).isEqualTo(1);
    assertThat(said.toString(UTF_8).lines())
        .containsExactly(
            "frob: java.lang.AssertionError: wrong"
                + " (a mistake of the program's; -v tells where)");
  }

  @Test
  void thatMemoryHasEndedIsAnErrorOfTheSystems() {
    int status =
        execute(
            run -> {
              throw new OutOfMemoryError("Java heap space");
            });
    assertThat(status).isEqualTo(1);
    assertThat(said.toString(UTF_8).lines())
        .containsExactly("frob: ENOMEM: cannot allocate memory, java 'Java heap space'");
  }
}
