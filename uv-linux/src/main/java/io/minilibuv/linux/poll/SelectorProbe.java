// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.linux.ffi.Scratch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A selector of ours that is used for nothing but to have the kernel say which descriptor a channel
 * is.
 */
final class SelectorProbe implements AutoCloseable {
  /*
   * A selector is an epoll, and /proc/self/fdinfo lists what an epoll watches. So we need to know one
   * number, that of our selector's epoll. Then a channel that is registered with the selector shows
   * in the list, beside the eventfd by which the selector is woken, which is always there.
   *
   * That one number is found by its behaviour. Of all epolls of the process ours is the one that is
   * readable after wakeup(), and is not after selectNow(), as often as we like and in a pattern that
   * nobody knows: with 32 rounds of it, another epoll that happened to do the same is as likely as
   * a thrown coin that falls as foretold 32 times. A number that is closed and used again meanwhile
   * does not keep to the pattern either.
   *
   * Nothing of the JDK's inside is opened for this, and nothing is taken for granted: what does not
   * turn out as told here ends in an IOException that says so.
   */
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Path DESCRIPTIONS = Path.of("/proc/self/fdinfo");
  private static final String EPOLL = "anon_inode:[eventpoll]";
  private static final Pattern WATCHED = Pattern.compile("tfd:\\s+(\\d+)\\b.*");
  private static final int ROUNDS = Integer.SIZE;

  private static final short POLLIN = 1;

  private final PollCalls calls;
  private final Selector selector;
  private Path description = DESCRIPTIONS;

  /** What the selector watches for itself. */
  private Set<Integer> own = Set.of();

  private SelectorProbe(PollCalls calls) throws IOException {
    this.calls = calls;
    this.selector = Selector.open();
  }

  static SelectorProbe open(PollCalls calls) throws IOException {
    SelectorProbe probe = new SelectorProbe(calls);
    boolean found = false;
    try {
      probe.description = DESCRIPTIONS.resolve(String.valueOf(probe.findEpoll()));
      probe.own = probe.watched();
      found = true;
      return probe;
    } finally {
      if (!found) {
        probe.close();
      }
    }
  }

  /**
   * The number of a non-blocking channel's descriptor.
   *
   * @throws ClosedChannelException if the channel is closed
   */
  int numberOf(SelectableChannel channel) throws IOException {
    Set<Integer> numbers;
    SelectionKey key = channel.register(selector, Integer.lowestOneBit(channel.validOps()));
    try {
      selector.selectNow();
      numbers = watched();
    } finally {
      key.cancel();
      selector.selectNow();
    }
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    numbers.removeAll(own);
    if (numbers.size() != 1) {
      throw new IOException(description + " does not tell what is watched: " + numbers);
    }
    return numbers.iterator().next();
  }

  private int findEpoll() throws IOException {
    Set<Integer> candidates = epolls();
    int pattern = ThreadLocalRandom.current().nextInt();
    for (int round = 0; round < ROUNDS; round++) {
      boolean awake = (pattern >>> round & 1) != 0;
      if (awake) {
        selector.wakeup();
      }
      candidates.removeIf(fd -> isReadable(fd) != awake);
      selector.selectNow();
    }
    if (candidates.size() != 1) {
      throw new IOException("no selector found among the epolls of " + DESCRIPTORS);
    }
    return candidates.iterator().next();
  }

  private static Set<Integer> epolls() throws IOException {
    Set<Integer> found = new HashSet<>();
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (Path descriptor : descriptors) {
        if (linkOf(descriptor).equals(EPOLL)) {
          found.add(Integer.valueOf(descriptor.getFileName().toString()));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static String linkOf(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      // Closed since it was listed.
      return "";
    }
  }

  private boolean isReadable(int fd) {
    try (Scratch scratch = Scratch.take()) {
      // struct pollfd: the descriptor, and 16 bits each for what is asked and what is answered.
      MemorySegment asked = scratch.block();
      asked.set(ValueLayout.JAVA_INT, 0, fd);
      asked.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
      asked.set(ValueLayout.JAVA_SHORT, 6, (short) 0);
      return calls.poll(scratch, asked, 1, 0) > 0 && asked.get(ValueLayout.JAVA_SHORT, 6) == POLLIN;
    }
  }

  /** What the selector's epoll watches. */
  private Set<Integer> watched() throws IOException {
    try (Stream<String> lines = Files.lines(description)) {
      Set<Integer> found = new HashSet<>();
      lines
          .map(WATCHED::matcher)
          .filter(Matcher::matches)
          .forEach(line -> found.add(Integer.valueOf(line.group(1))));
      return found;
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
