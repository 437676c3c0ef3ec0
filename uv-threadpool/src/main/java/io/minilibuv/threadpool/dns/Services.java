// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Services and their ports ({@code getservbyname}, {@code getservbyport}): the system's table, and
 * a small one of our own where it has none.
 *
 * <p>Names are compared as they are written. The first line that fits counts.
 */
final class Services {
  /** Differs from C, where without the system's table no service has a name. */
  private static final List<String> BUILT_IN =
      List.of(
          "echo 7/tcp",
          "echo 7/udp",
          "discard 9/tcp",
          "discard 9/udp",
          "ftp-data 20/tcp",
          "ftp 21/tcp",
          "ssh 22/tcp",
          "telnet 23/tcp",
          "smtp 25/tcp mail",
          "domain 53/tcp",
          "domain 53/udp",
          "tftp 69/udp",
          "http 80/tcp www",
          "pop3 110/tcp",
          "sunrpc 111/tcp portmapper",
          "sunrpc 111/udp portmapper",
          "nntp 119/tcp",
          "ntp 123/udp",
          "imap2 143/tcp imap",
          "snmp 161/udp",
          "irc 194/tcp",
          "ldap 389/tcp",
          "https 443/tcp",
          "https 443/udp",
          "submission 587/tcp",
          "ldaps 636/tcp",
          "imaps 993/tcp",
          "pop3s 995/tcp");

  private record Entry(int port, String protocol, List<String> names) {}

  private final List<Entry> entries = new ArrayList<>();

  private Services(List<String> lines) {
    lines.forEach(this::add);
  }

  /** The table in {@code lines}, which are as in {@code /etc/services}. */
  static Services parse(List<String> lines) {
    return new Services(lines);
  }

  /** The system's table as it is now: like C, this reads the file each time. */
  static Services system() {
    String windows = System.getenv("SystemRoot");
    return read(
        windows == null
            ? Path.of("/etc/services")
            : Path.of(windows, "System32", "drivers", "etc", "services"));
  }

  /** The table in {@code file}, or our own if that cannot be read. */
  static Services read(Path file) {
    try {
      // Some of them have comments in old encodings.
      return parse(Files.readAllLines(file, ISO_8859_1));
    } catch (IOException e) {
      return parse(BUILT_IN);
    }
  }

  /** The port of a service, or -1. */
  int port(String name, String protocol) {
    for (Entry entry : entries) {
      if (entry.protocol.equals(protocol) && entry.names.contains(name)) {
        return entry.port;
      }
    }
    return -1;
  }

  /** The name of the service at a port, or null. */
  @Nullable String name(int port, String protocol) {
    for (Entry entry : entries) {
      if (entry.port == port && entry.protocol.equals(protocol)) {
        return entry.names.get(0);
      }
    }
    return null;
  }

  /** A line is a name, a port with a protocol, and other names; a line that is not is left out. */
  private void add(String line) {
    String[] words = line.replaceFirst("#.*", "").strip().split("\\s+");
    String[] port = words.length < 2 ? words : words[1].split("/", -1);
    if (words.length < 2 || port.length != 2 || !port[0].matches("[0-9]{1,5}")) {
      return;
    }
    List<String> names = new ArrayList<>(List.of(words));
    names.remove(1);
    entries.add(new Entry(Integer.parseInt(port[0]), port[1], names));
  }
}
