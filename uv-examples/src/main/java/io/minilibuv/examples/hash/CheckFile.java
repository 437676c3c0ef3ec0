// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.examples.cli.Failures;
import io.minilibuv.examples.cli.Names;
import java.util.ArrayList;
import java.util.List;

/** The lines of a file for {@code --check}. */
final class CheckFile {
  private CheckFile() {}

  /**
   * Finds the checksums in {@code content}. Empty lines and comments ({@code #}) are nothing; what
   * else is no checksum is told to {@code failures}, with its number.
   *
   * @param name what the file is called
   */
  static List<ChecksumLine> parse(String name, byte[] content, Failures failures) {
    List<ChecksumLine> found = new ArrayList<>();
    int number = 0;
    for (String text : Names.text(content).split("\n", -1)) {
      number++;
      // From a system that ends lines with both: a carriage return in a name would be escaped.
      String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      ChecksumLine parsed = ChecksumLine.parse(line);
      if (parsed != null) {
        found.add(parsed);
      } else {
        failures.add(name + ":" + number + ": this is no SHA-256 and a path");
      }
    }
    return found;
  }
}
