// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import com.sun.management.UnixOperatingSystemMXBean;
import io.minilibuv.core.Loop;
import io.minilibuv.core.PollHandle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The descriptors of this process that a test may have opened.
 *
 * <p>Where the system has {@code /proc/self/fd}, each is known by what it is open on, and what the
 * JVM opens for itself is left out. Elsewhere they are only counted, where the JVM can do that.
 */
final class Descriptors {
  private static final Path LISTING = Path.of("/proc/self/fd");
  private static final String JAVA_HOME = System.getProperty("java.home", "none");

  static {
    openWhatStaysOpen();
  }

  /** What each numbered descriptor is open on. */
  private final Map<Integer, String> targets;

  private final long count;

  private Descriptors(Map<Integer, String> targets, long count) {
    this.targets = targets;
    this.count = count;
  }

  static Descriptors now() {
    return Files.isDirectory(LISTING)
        ? new Descriptors(list(), 0)
        : new Descriptors(Map.of(), countAll());
  }

  /** Describes those that are here beyond what was in {@code before}. */
  List<String> since(Descriptors before) {
    // By what they are open on and not by number: a number that is free is used again at once.
    Map<String, Integer> known = new HashMap<>();
    before.targets.values().forEach(target -> known.merge(target, 1, Integer::sum));
    List<Map.Entry<Integer, String>> news = new ArrayList<>();
    targets.entrySet().stream()
        .filter(entry -> known.merge(entry.getValue(), -1, Integer::sum) < 0)
        .forEach(news::add);
    List<String> described = new ArrayList<>();
    news.forEach(entry -> described.add("descriptor " + entry.getKey() + " " + entry.getValue()));
    if (count > before.count) {
      described.add((count - before.count) + " more descriptors than the " + before.count);
    }
    return described;
  }

  private static Map<Integer, String> list() {
    Map<Integer, String> found = new TreeMap<>();
    try (DirectoryStream<Path> numbers = Files.newDirectoryStream(LISTING)) {
      for (Path number : numbers) {
        String target = targetOf(number);
        if (isATests(target)) {
          found.put(Integer.valueOf(number.getFileName().toString()), target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String targetOf(Path number) {
    try {
      return Files.readSymbolicLink(number).toString();
    } catch (IOException e) {
      // Closed since it was listed.
      return "";
    }
  }

  /** Whether a test may have opened this, and not the JVM for its classes, logs or needs. */
  private static boolean isATests(String target) {
    if (!target.startsWith("/")) {
      return !target.isEmpty();
    }
    return !(target.startsWith("/proc/")
        || target.startsWith("/sys/")
        || target.startsWith("/dev/random")
        || target.startsWith("/dev/urandom")
        || target.startsWith(JAVA_HOME)
        || target.endsWith(".jar")
        || target.endsWith(".class")
        || target.endsWith(".jsa")
        || target.endsWith(".log")
        || target.endsWith(".exec"));
  }

  private static long countAll() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
        ? system.getOpenFileDescriptorCount()
        : 0;
  }

  private static Path temporary() throws IOException {
    return Files.createTempFile("leak-check", ".tmp");
  }

  /**
   * Has the JVM and the library open what they keep once they have opened it, such as the sockets
   * that the JVM closes others with, all jars of the class path, and what a poll backend finds out
   * about channels with: after this, only tests open anything.
   */
  private static void openWhatStaysOpen() {
    Descriptors.class.getClassLoader().getResource("no/such/resource");
    try (Selector selector = Selector.open();
        SocketChannel socket = SocketChannel.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        DatagramChannel datagrams = DatagramChannel.open();
        FileChannel file = FileChannel.open(temporary(), StandardOpenOption.DELETE_ON_CLOSE)) {
      Pipe pipe = Pipe.open();
      try (Pipe.SourceChannel source = pipe.source();
          Pipe.SinkChannel sink = pipe.sink();
          Loop loop = Loop.open()) {
        PollHandle.init(loop, source).close();
        loop.run();
        sink.configureBlocking(false);
        selector.selectNow();
      }
      server.bind(null);
      socket.connect(server.getLocalAddress());
      server.accept().close();
      datagrams.bind(null);
      file.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
