// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {
  @TempDir Path folder;

  @Test
  void aTableIsReadLineByLine() {
    Services services =
        Services.parse(
            List.of(
                "# a comment",
                "",
                "http\t\t80/tcp\t\twww www-http # the web",
                "  domain 53/tcp",
                "domain 53/udp # names",
                "other 80/tcp",
                "http 8080/tcp",
                "no-port",
                "bad-port x/tcp",
                "no-protocol 81",
                "#gone 82/tcp",
                "long 123456/tcp"));
    assertThat(services.port("http", "tcp")).isEqualTo(80);
    assertThat(services.port("www-http", "tcp")).isEqualTo(80);
    assertThat(services.port("http", "udp")).isEqualTo(-1);
    assertThat(services.port("domain", "udp")).isEqualTo(53);
    assertThat(services.port("80/tcp", "tcp")).isEqualTo(-1);
    assertThat(services.port("bad-port", "tcp")).isEqualTo(-1);
    assertThat(services.port("no-protocol", "tcp")).isEqualTo(-1);
    assertThat(services.port("gone", "tcp")).isEqualTo(-1);
    assertThat(services.port("long", "tcp")).isEqualTo(-1);
    assertThat(services.name(80, "tcp")).isEqualTo("http");
    assertThat(services.name(80, "udp")).isNull();
    assertThat(services.name(53, "udp")).isEqualTo("domain");
  }

  @Test
  void aFileIsReadEachTimeWhateverIsInItsComments() throws IOException {
    Path file = folder.resolve("services");
    Files.writeString(file, "mine 4711/tcp # K\u00f6ln\n", ISO_8859_1);
    assertThat(Services.read(file).port("mine", "tcp")).isEqualTo(4711);
    assertThat(Services.read(file).port("http", "tcp")).isEqualTo(-1);
    Files.writeString(file, "mine 4712/tcp\n");
    assertThat(Services.read(file).port("mine", "tcp")).isEqualTo(4712);
  }

  @Test
  void withoutAFileTheKnownOnesAreThere() {
    Services services = Services.read(folder.resolve("missing"));
    assertThat(services.port("http", "tcp")).isEqualTo(80);
    assertThat(services.port("https", "tcp")).isEqualTo(443);
    assertThat(services.port("ftp", "tcp")).isEqualTo(21);
    assertThat(services.port("ssh", "tcp")).isEqualTo(22);
    assertThat(services.port("domain", "udp")).isEqualTo(53);
    assertThat(services.port("mail", "tcp")).isEqualTo(25);
    assertThat(services.name(25, "tcp")).isEqualTo("smtp");
    assertThat(services.port("fail", "tcp")).isEqualTo(-1);
  }

  @Test
  void theSystemKnowsTheWeb() {
    assertThat(Services.system().port("http", "tcp")).isEqualTo(80);
    assertThat(Services.system().name(80, "tcp")).isEqualTo("http");
  }
}
