// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class ShortcutsTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(Shortcuts.class);
  private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();

  @BeforeEach
  void listen() {
    warnings.start();
    log.setAdditive(false);
    log.addAppender(warnings);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(warnings);
    log.setAdditive(true);
  }

  @Test
  void allAreTakenUnlessThatIsSaid() {
    assertThat(Shortcuts.taken(null)).containsExactlyInAnyOrder("wakeup", "poll", "spin");
  }

  @ParameterizedTest
  @CsvSource({
    "none, ''",
    "poll, poll",
    "'wakeup,spin', spin wakeup",
    "' Spin , POLL ', poll spin",
  })
  void aListNamesThoseThatAreTaken(String list, String taken) {
    assertThat(String.join(" ", Shortcuts.taken(list))).isEqualTo(taken);
    assertThat(warnings.list).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"spinn, ''", "'poll,,spin', poll spin", "'poll;spin', ''", "'', ''"})
  void whatIsNoNameIsTold(String list, String taken) {
    assertThat(String.join(" ", Shortcuts.taken(list))).isEqualTo(taken);
    assertThat(warnings.list)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .startsWith("minilibuv.shortcuts names no shortcut: \"")
        .endsWith("there are [poll, spin, wakeup]");
  }
}
