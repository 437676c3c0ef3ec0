// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the report is written, again and again while it grows. The one of the run before is kept
 * beside it, from the moment when this run has something to tell.
 */
final class ReportFolder {
  private final Path folder;
  private final Path previous;
  private boolean isOurs;

  /** Names it, and writes nothing yet. */
  ReportFolder(Path target) {
    folder = target.resolve("report");
    previous = target.resolve("report-previous");
  }

  Path path() {
    return folder;
  }

  /** Writes the report as it is so far. */
  void write(Report report) throws IOException {
    write("report.md", MarkdownReport.of(report));
    write("report.json", JsonReport.of(report));
    write("report.svg", BarChart.of(report));
  }

  /** Writes a file of it. */
  void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    try {
      begin();
      Files.writeString(file, text);
    } catch (IOException e) {
      throw Fixtures.failure(file, e);
    }
  }

  private void begin() throws IOException {
    if (isOurs) {
      return;
    }
    if (Files.exists(folder)) {
      JavaCopy.remove(previous);
      Files.move(folder, previous);
    }
    Files.createDirectories(folder);
    isOurs = true;
  }
}
