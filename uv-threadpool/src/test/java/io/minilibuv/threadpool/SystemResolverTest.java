// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.dns.AddrHints;
import io.minilibuv.threadpool.dns.AddrInfo;
import io.minilibuv.threadpool.dns.GetAddrInfoRequest;
import io.minilibuv.threadpool.dns.GetNameInfoRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the JDK does of its own accord when a loop asks the system for names. The network is left
 * out of it: the JDK can be told to look into a file instead.
 */
class SystemResolverTest {
  private static final String HOSTS = "jdk.net.hosts.file";
  private static final AddrHints STREAM = AddrHints.NONE.withSocktype(AddrHints.SOCK_STREAM);

  @TempDir Path folder;

  private static void hosts(String... lines) throws IOException {
    Files.write(Path.of(System.getProperty(HOSTS)), List.of(lines));
  }

  private static void printAddresses(String name) {
    try {
      List<String> addresses = new ArrayList<>();
      for (AddrInfo info : GetAddrInfoRequest.getaddrinfo(name, null, STREAM)) {
        addresses.add(info.address().getAddress().getHostAddress());
      }
      System.out.println(name + " " + addresses);
    } catch (UvException e) {
      System.out.println(name + " " + e.error());
    }
  }

  private static void printName(String address) throws UnknownHostException {
    InetSocketAddress asked = new InetSocketAddress(InetAddress.getByName(address), 80);
    System.out.println(address + " " + GetNameInfoRequest.getnameinfo(asked, 0).host());
  }

  private List<String> run(Class<?> main, String... options)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-D" + HOSTS + "=" + Files.createFile(folder.resolve("hosts" + options.length)));
    return ChildJvm.run(main, all, Map.of()).output().lines().toList();
  }

  /** Asks again after everything has changed. */
  static final class AsksAgain {
    public static void main(String[] args) throws IOException {
      for (String address : List.of("10.0.0.1 kept", "10.0.0.2 kept missing")) {
        hosts(address);
        printAddresses("kept");
        printAddresses("missing");
      }
    }
  }

  @Test
  void answersAndFailuresAreKept() throws IOException, InterruptedException {
    assertThat(run(AsksAgain.class))
        .containsExactly(
            "kept [10.0.0.1]", "missing EAI_NONAME", "kept [10.0.0.1]", "missing EAI_NONAME");
  }

  /** Asks for the name of an address that the name does not lead to, and of one that it does. */
  static final class AsksForNames {
    public static void main(String[] args) throws IOException {
      hosts("10.0.0.1 name");
      // From now on the JDK believes that the name is that address.
      printAddresses("name");
      hosts("10.0.0.2 name", "10.0.0.3 other");
      printName("10.0.0.2");
      printName("10.0.0.3");
    }
  }

  @Test
  void aNameThatDoesNotLeadBackIsNotBelieved() throws IOException, InterruptedException {
    assertThat(run(AsksForNames.class))
        .containsExactly("name [10.0.0.1]", "10.0.0.2 10.0.0.2", "10.0.0.3 other");
  }

  /** Asks for a name that has both kinds of addresses. */
  static final class AsksForBoth {
    public static void main(String[] args) throws IOException {
      hosts("fd00::1 both", "10.0.0.1 both");
      printAddresses("both");
    }
  }

  @Test
  void ipv4ComesFirstUnlessThePropertySaysOtherwise() throws IOException, InterruptedException {
    assertThat(run(AsksForBoth.class)).containsExactly("both [10.0.0.1, fd00:0:0:0:0:0:0:1]");
    assertThat(run(AsksForBoth.class, "-Djava.net.preferIPv6Addresses=true"))
        .containsExactly("both [fd00:0:0:0:0:0:0:1, 10.0.0.1]");
  }
}
