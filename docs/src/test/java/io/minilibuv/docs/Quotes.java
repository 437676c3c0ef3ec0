// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code that pages quote, and the named regions of the sources that it is quoted from.
 *
 * <p>A region stands between two lines of a source, {@code // @start region="uv_async_send"} and
 * {@code // @end region="uv_async_send"}, as in JEP 413; regions may lie in each other. A page
 * quotes it by a line {@code <!-- quote path/to/Source.java uv_async_send -->} right before a fence
 * of {@code java}, which holds the region's lines as far to the left as they go, without the
 * markers.
 */
final class Quotes {
  private static final Pattern ANY_MARKER = Pattern.compile("\\s*//\\s*@(start|end)\\b.*");
  private static final Pattern MARKER =
      Pattern.compile("\\s*// @(start|end) region=\"([\\w.-]+)\"");
  private static final Pattern QUOTE = Pattern.compile("<!-- quote (\\S+) ([\\w.-]+) -->");
  private static final String FENCE = "```";

  private final Path root;
  private final List<Path> pages;
  private final Map<String, List<String>> regions = new HashMap<>();
  private final Set<String> unquoted = new TreeSet<>();
  private final List<String> complaints = new ArrayList<>();

  /** Reads all regions of {@code sources}, which lie under {@code root} as the pages do. */
  Quotes(Path root, List<Path> sources, List<Path> pages) {
    this.root = root;
    this.pages = pages;
    sources.forEach(this::readRegions);
    unquoted.addAll(regions.keySet());
  }

  /**
   * Compares all quotes with their regions.
   *
   * @return what is wrong, each with the place; empty if nothing is
   */
  List<String> check() {
    for (Path page : pages) {
      quoted(page);
    }
    unquoted.forEach(region -> complaints.add(region + ": no page quotes this region"));
    return complaints;
  }

  /** Writes into the pages what their quotes should be, where the region is there. */
  void write() {
    for (Path page : pages) {
      List<String> lines = quoted(page);
      if (!lines.equals(Project.text(page).lines().toList())) {
        try {
          Files.writeString(page, String.join("\n", lines) + "\n");
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void readRegions(Path source) {
    List<String> lines = Project.text(source).lines().toList();
    Map<String, Integer> open = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (ANY_MARKER.matcher(line).matches()) {
        Matcher marker = MARKER.matcher(line);
        if (!marker.matches()) {
          complaints.add(at(source, i) + "not the form of a marker: " + line.strip());
        } else if (marker.group(1).equals("start")) {
          start(source, i, marker.group(2), open);
        } else {
          end(source, i, marker.group(2), open, lines);
        }
      }
    }
    open.forEach((name, i) -> complaints.add(at(source, i) + "never ends: " + name));
  }

  private void start(Path source, int line, String name, Map<String, Integer> open) {
    if (open.putIfAbsent(name, line) != null || regions.containsKey(key(source, name))) {
      complaints.add(at(source, line) + "a second region of this name: " + name);
    }
  }

  private void end(
      Path source, int line, String name, Map<String, Integer> open, List<String> lines) {
    Integer start = open.remove(name);
    if (start == null) {
      complaints.add(at(source, line) + "ends without a start: " + name);
    } else {
      regions.putIfAbsent(key(source, name), codeOf(lines.subList(start + 1, line)));
    }
  }

  /** The lines without markers, without blank ones at either end, and without their indentation. */
  private static List<String> codeOf(List<String> lines) {
    String code =
        String.join(
            "\n", lines.stream().filter(line -> !ANY_MARKER.matcher(line).matches()).toList());
    return code.stripTrailing().replaceFirst("^(\\s*\\n)+", "").stripIndent().lines().toList();
  }

  /** The page's lines with each quote as it should be. What is wrong is noted on the way. */
  private List<String> quoted(Path page) {
    List<String> lines = Project.text(page).lines().toList();
    List<String> right = new ArrayList<>();
    for (int i = 0; i < lines.size(); ) {
      String line = lines.get(i);
      int end = line.startsWith(FENCE) ? endOfFence(lines, i) : i + 1;
      right.addAll(lines.subList(i, end));
      i = end;
      if (line.startsWith("<!-- quote")) {
        Matcher quote = QUOTE.matcher(line);
        boolean fenced = i < lines.size() && lines.get(i).equals(FENCE + "java");
        if (!quote.matches() || !fenced) {
          complaints.add(at(page, i - 1) + "no quote, or no fence of java behind it: " + line);
          continue;
        }
        end = endOfFence(lines, i);
        right.add(FENCE + "java");
        right.addAll(compare(page, i, quote, lines.subList(i + 1, end - 1)));
        right.add(FENCE);
        i = end;
      }
    }
    return right;
  }

  private static int endOfFence(List<String> lines, int start) {
    int end = start + 1;
    while (end < lines.size() && !lines.get(end).equals(FENCE)) {
      end++;
    }
    return Math.min(end + 1, lines.size());
  }

  private List<String> compare(Path page, int line, Matcher quote, List<String> inPage) {
    String key = quote.group(1) + " " + quote.group(2);
    List<String> region = regions.get(key);
    if (region == null) {
      boolean exists = Files.exists(root.resolve(quote.group(1)));
      complaints.add(at(page, line) + (exists ? "no such region: " : "no such file: ") + key);
      return inPage;
    }
    unquoted.remove(key);
    if (!region.equals(inPage)) {
      complaints.add(at(page, line) + "differs from " + key + "\n" + diff(inPage, region));
    }
    return region;
  }

  /** What lies between the lines that are the same at both ends: the page's, then the source's. */
  private static String diff(List<String> page, List<String> source) {
    int shorter = Math.min(page.size(), source.size());
    int head = 0;
    while (head < shorter && page.get(head).equals(source.get(head))) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && page.get(page.size() - 1 - tail).equals(source.get(source.size() - 1 - tail))) {
      tail++;
    }
    StringBuilder text = new StringBuilder();
    page.subList(head, page.size() - tail)
        .forEach(line -> text.append("  page   | ").append(line).append('\n'));
    source
        .subList(head, source.size() - tail)
        .forEach(line -> text.append("  source | ").append(line).append('\n'));
    return text.toString();
  }

  private String key(Path source, String name) {
    return nameOf(source) + " " + name;
  }

  private String at(Path file, int index) {
    return nameOf(file) + ":" + (index + 1) + ": ";
  }

  private String nameOf(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
