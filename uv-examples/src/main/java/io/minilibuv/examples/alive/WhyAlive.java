// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopBusyException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is on a loop, what of it keeps the loop alive, and who has made it.
 *
 * <p>Who has made a handle is known if the loop was opened with {@link
 * io.minilibuv.core.LoopOptions#recordOrigins}: to {@link Loop#close} a loop that is in use changes
 * nothing, and throws an exception that has the stacks.
 */
final class WhyAlive {
  /** What {@link #close} tells if the loop is closed. */
  static final String DONE = "done";

  private static final String LIBRARY = "io.minilibuv.";
  private static final String PROGRAM = "io.minilibuv.examples.";
  private static final int FRAMES = 2;

  private final Loop loop;
  private final boolean lines;

  /**
   * Looks at nothing yet.
   *
   * @param lines whether to tell places by file and line, too
   */
  WhyAlive(Loop loop, boolean lines) {
    this.loop = loop;
    this.lines = lines;
  }

  /** For how long the loop's next iteration would wait. */
  String nextWait() {
    long millis = loop.backendTimeout();
    if (millis < 0) {
      return "until something happens, which may be never";
    }
    return millis == 0 ? "not at all" : millis + " ms, for the next timer";
  }

  /** All handles: as the loop prints them, what each does to the loop, and who has made it. */
  List<String> handles() {
    Map<String, Handle> users = new HashMap<>();
    loop.walk(handle -> users.put(handle.toString(), handle));
    Queue<Throwable> origins = new ArrayDeque<>(users.isEmpty() ? List.of() : origins());
    List<String> told = new ArrayList<>();
    for (String line : printed()) {
      Handle handle = users.get(line);
      told.add(withoutIdentity(line) + "  " + effectOf(handle));
      if (handle != null && !origins.isEmpty()) {
        told.addAll(makersOf(origins.remove()));
      }
    }
    return told;
  }

  /** Tries to close the loop, and tells what comes of it. */
  String close() {
    try {
      loop.close();
      return DONE;
    } catch (LoopBusyException busy) {
      return "throws " + withoutIdentity(String.valueOf(busy.getMessage()));
    }
  }

  private List<Throwable> origins() {
    try {
      loop.close();
      return List.of();
    } catch (LoopBusyException busy) {
      // In the order in which the handles were made, as everything here.
      return List.of(busy.getSuppressed());
    }
  }

  private List<String> printed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    loop.printAllHandles(new PrintStream(bytes, true, UTF_8));
    return bytes.toString(UTF_8).lines().toList();
  }

  private static String effectOf(@Nullable Handle handle) {
    if (handle == null) {
      return "the library's own";
    }
    if (handle.isClosing()) {
      return "closing: the loop is alive until it has let go of it";
    }
    if (!handle.isActive()) {
      return "not active: the loop may end without it";
    }
    return handle.hasRef()
        ? "active and ref'd: keeps the loop alive"
        : "active, not ref'd: the loop may end without it";
  }

  /** Where the program was when it called into the library, and where it came from. */
  private List<String> makersOf(Throwable origin) {
    List<String> told = new ArrayList<>();
    Stream.of(origin.getStackTrace())
        .dropWhile(WhyAlive::isLibrary)
        .limit(FRAMES)
        .forEach(frame -> told.add((told.isEmpty() ? "  made by " : "  for ") + describe(frame)));
    return told;
  }

  private static boolean isLibrary(StackTraceElement frame) {
    String name = frame.getClassName();
    return name.startsWith(LIBRARY) && !name.startsWith(PROGRAM);
  }

  private String describe(StackTraceElement frame) {
    String name = frame.getClassName();
    String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    String method = simple + '.' + frame.getMethodName();
    return lines ? method + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")" : method;
  }

  /** Identities tell handles apart, and are others in every run. */
  private static String withoutIdentity(String text) {
    return text.replaceAll(" +@[0-9a-f]{8}", "");
  }
}
