// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The experiments of the pages: what is to be typed, and what is to be seen.
 *
 * <p>They stand in fences of their own:
 *
 * <pre>{@code
 * ```console
 * $ ./uv cp README.md copy
 * copied 1 file, … in … s (…)
 * ```
 * }</pre>
 *
 * <p>A line that begins with {@code $} is a command, or with {@code >} goes on with one; the lines
 * after it are what it prints on both of its streams. An ellipsis stands for any text within a
 * line, and alone on a line for any number of lines.
 */
final class Experiments {
  private static final Pattern FENCE =
      Pattern.compile("(?m)^```console\\n(.*?)^```$", Pattern.DOTALL);
  private static final String ELLIPSIS = "…";

  /** One command, and the lines that it is to print. */
  record Experiment(String command, List<String> expected) {

    /** Whether {@code printed} is what was to be seen. */
    boolean matches(List<String> printed) {
      StringBuilder regex = new StringBuilder();
      for (String line : expected) {
        regex.append(
            line.strip().equals(ELLIPSIS) ? "(?:.*\\n)*" : regexOf(line.stripTrailing()) + " *\\n");
      }
      String text = printed.isEmpty() ? "" : String.join("\n", printed) + "\n";
      return Pattern.matches(regex.toString(), text);
    }

    private static String regexOf(String line) {
      return Stream.of(line.split(ELLIPSIS, -1))
          .map(Pattern::quote)
          .reduce((left, right) -> left + ".*" + right)
          .orElse("");
    }
  }

  private Experiments() {}

  /** Those of a page, in its order. */
  static List<Experiment> of(Path page) {
    List<Experiment> found = new ArrayList<>();
    FENCE
        .matcher(Project.text(page))
        .results()
        .forEach(fence -> read(page, fence.group(1).lines().toList(), found));
    return found;
  }

  private static void read(Path page, List<String> lines, List<Experiment> found) {
    for (int i = 0; i < lines.size(); ) {
      if (!lines.get(i).startsWith("$ ")) {
        throw new AssertionError(page + ": no command before: " + lines.get(i));
      }
      StringBuilder command = new StringBuilder(lines.get(i++).substring(2));
      while (i < lines.size() && lines.get(i).startsWith("> ")) {
        command.append('\n').append(lines.get(i++).substring(2));
      }
      List<String> expected = new ArrayList<>();
      while (i < lines.size() && !lines.get(i).startsWith("$ ")) {
        expected.add(lines.get(i++));
      }
      found.add(new Experiment(command.toString(), List.copyOf(expected)));
    }
  }
}
