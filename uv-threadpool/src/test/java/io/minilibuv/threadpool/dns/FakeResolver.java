// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A resolver that knows what it is told, on a machine that has what it is told. */
public final class FakeResolver implements NameResolver {

  /** What was asked for. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private Set<ProtocolFamily> families =
      Set.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6);
  private String domain = "";

  /** What a question leads to. */
  @FunctionalInterface
  public interface Answer {
    Object get() throws Exception;
  }

  /** Makes one that knows nothing. */
  public FakeResolver() {}

  /** From now on {@code host} has these addresses. */
  public void know(String host, String... addresses) {
    List<InetAddress> found = Arrays.stream(addresses).map(FakeResolver::address).toList();
    answer(host, () -> found);
  }

  /** From now on {@code address} has this name. */
  public void name(String address, String name) {
    answer(IpAddresses.format(address(address)), () -> name);
  }

  /** From now on this is done for {@code question}, a host or an address. */
  public void answer(String question, Answer answer) {
    answers.put(question, answer);
  }

  /** Which addresses the machine has. */
  public void have(ProtocolFamily... families) {
    this.families = Set.of(families);
  }

  /** Where the machine is. */
  public void liveIn(String domain) {
    this.domain = domain;
  }

  static InetAddress address(String text) {
    try {
      InetAddress address = IpAddresses.parse(text);
      if (address == null) {
        throw new AssertionError("no address: " + text);
      }
      return address;
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  // Answers for hosts are lists; a test that gives another wants to see the cast fail.
  @SuppressWarnings("unchecked")
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    return (List<InetAddress>) ask(host);
  }

  @Override
  public String reverse(InetAddress address) throws UnknownHostException {
    String text = IpAddresses.format(address);
    return answers.containsKey(text) ? (String) ask(text) : null;
  }

  private Object ask(String question) throws UnknownHostException {
    asked.add(question);
    Answer answer = answers.get(question);
    if (answer == null) {
      throw new UnknownHostException(question + ": Name or service not known");
    }
    try {
      return answer.get();
    } catch (UnknownHostException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Set<ProtocolFamily> families() {
    return families;
  }

  @Override
  public String domain() {
    return domain;
  }
}
