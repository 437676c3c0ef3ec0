// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.tree.TreeEntry;
import org.junit.jupiter.api.Test;

class CopyReportTest {
  private final CopyReport report = new CopyReport();

  @Test
  void summaryTellsWhatWasDone() {
    for (int i = 0; i < 5002; i++) {
      report.file(0);
    }
    report.file(327_575_142);
    for (int i = 0; i < 214; i++) {
      report.directory();
    }
    report.link();
    assertThat(report.summary(2310))
        .isEqualTo(
            "copied 5,003 files, 214 directories, 1 link, 312.4 MiB in 2.31 s (135.2 MiB/s)");
    assertThat(report.failures().count()).isZero();
  }

  @Test
  void summaryLeavesOutWhatThereWasNotAndTellsWhatFailed() {
    assertThat(report.summary(0)).isEqualTo("copied nothing in 0.00 s");
    report.link();
    assertThat(report.summary(10)).isEqualTo("copied 1 link in 0.01 s");
    report.failed(UvError.EACCES.exception("open", "x/secret"));
    assertThat(report.summary(10)).isEqualTo("copied 1 link in 0.01 s, 1 failed");
    report.file(0);
    assertThat(report.summary(10)).isEqualTo("copied 1 file, 1 link, 0 B in 0.01 s, 1 failed");
    assertThat(report.failures().count()).isEqualTo(1);
  }

  @Test
  void whatWasThereAlreadyIsDoneAndNotCopied() {
    TreeEntry entry = new TreeEntry("tree/file", "file", 1, FsStat.ZERO);
    report.listener("copy").transferred(1000);
    report.listener("copy").kept(entry, 200);
    report.listener("copy").kept(entry, 0);
    assertThat(report.covered()).isEqualTo(1200);
    assertThat(report.transferred()).isEqualTo(1000);
    report.directory();
    assertThat(report.summary(10)).isEqualTo("copied 1 directory in 0.01 s, 2 there already");
    report.failed(UvError.EACCES.exception("open", "x/secret"));
    assertThat(report.summary(10)).endsWith(" s, 2 there already, 1 failed");
  }

  @Test
  void bytesOfAFileThatFailsLaterAreProgressAndNothingElse() {
    report.listener("copy").transferred(1000);
    assertThat(report.transferred()).isEqualTo(1000);
    assertThat(report.summary(0)).isEqualTo("copied nothing in 0.00 s");
  }
}
