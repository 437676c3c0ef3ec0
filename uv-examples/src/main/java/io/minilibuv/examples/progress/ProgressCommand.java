// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.UvCommand;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code uv progress}: many sends, few callbacks; and a queue that loses none. */
@Command(
    name = "progress",
    description = "Has workers tell the loop of their progress, and counts how often it hears.",
    footer =
        "%nTeaches coalescing. Sends to an AsyncHandle that come before its callback has run are"
            + " merged: 10,000 sends give k callbacks, k from 1 to 10,000, and which k is not"
            + " certain. What is certain is that the last callback comes after the last send, and"
            + " sees what was published before it; if not, the exit status is 1. The same messages"
            + " then go through an AsyncQueue, which merges the wake-ups as well and still delivers"
            + " every item.%n%nOn a terminal the callbacks paint a bar. The longer the --work"
            + " between two sends, the fewer are merged.%n%nThe senders are requests on the pool:"
            + " as many send at once as it has threads. How fast they can be, it does not measure.")
public final class ProgressCommand extends UvCommand {
  private static final int MOST_SENDS = 1_000_000;

  @Option(
      names = "--sends",
      paramLabel = "N",
      description = "How often to send, in all (default: ${DEFAULT-VALUE}).")
  private int sends = 10_000;

  @Option(
      names = "--senders",
      paramLabel = "N",
      description = "How many workers send (default: ${DEFAULT-VALUE}).")
  private int senders = 1;

  @Option(
      names = "--work",
      paramLabel = "US",
      description =
          "How many microseconds each computes before a send (default: ${DEFAULT-VALUE}).")
  private int workMicros = 1;

  ProgressCommand() {}

  @Override
  protected void checkOptions() {
    checkRange("--sends", sends, 1, MOST_SENDS);
    checkRange("--senders", senders);
    checkRange("--work", workMicros, 0, 1_000_000);
  }

  @Override
  protected void run(CommandRun run) {
    Senders.Plan plan = new Senders.Plan(sends, senders, workMicros);
    goCoalesced(run, plan);
    if (!run.isInterrupted()) {
      goQueued(run, plan);
    }
    if (run.isInterrupted()) {
      run.say("interrupted");
    } else {
      explain();
    }
  }

  private static void goCoalesced(CommandRun run, Senders.Plan plan) {
    PercentBar bar = PercentBar.show(run, "sends", plan.sends());
    CoalescedSends round = new CoalescedSends(run.loop(), plan, bar::tell);
    go(run, round, bar);
    tell(run, round.outcome());
  }

  private static void goQueued(CommandRun run, Senders.Plan plan) {
    PercentBar bar = PercentBar.show(run, "messages", plan.sends());
    QueuedMessages round = new QueuedMessages(run.loop(), plan, bar::tell);
    go(run, round, bar);
    tell(run, round.outcome());
  }

  private static void go(CommandRun run, ProgressRound round, PercentBar bar) {
    try (bar) {
      run.onInterrupt(round::stop);
      round.start();
      run.untilDone();
    }
  }

  private static void tell(CommandRun run, CoalescedSends.Outcome outcome) {
    run.tell(
        String.format(
            Locale.ROOT,
            "AsyncHandle   %s, %s; the last one saw %,d",
            Amounts.count(outcome.sends(), "send", "sends"),
            Amounts.count(outcome.callbacks(), "callback", "callbacks"),
            outcome.seen()));
    if (!outcome.isAsGuaranteed()) {
      run.fail("the last callback did not see the last send");
    }
  }

  private static void tell(CommandRun run, QueuedMessages.Outcome outcome) {
    System.out.printf(
        Locale.ROOT,
        "AsyncQueue    %s, %,d received, %,d out of order; in %s%n",
        Amounts.count(outcome.messages(), "message", "messages"),
        outcome.received(),
        outcome.outOfOrder(),
        Amounts.count(outcome.batches(), "batch", "batches"));
    if (!outcome.isAsGuaranteed()) {
      run.fail("a message was lost, or came out of order");
    }
  }

  private static void explain() {
    System.out.println();
    System.out.println("A send that finds a callback still to come changes nothing: it is merged.");
    System.out.println("So the callback reads a value, where the last one counts, or a queue.");
  }
}
