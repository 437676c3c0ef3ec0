// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.UvError.Platform;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code test/test-error.c}, and every number and name of the error table. */
class ErrorTest {

  /** From the kernel's asm-generic/errno-base.h and errno.h, in their order. */
  private static final Map<String, Integer> LINUX =
      numbers(
          """
          EPERM=1 ENOENT=2 ESRCH=3 EINTR=4 EIO=5 ENXIO=6 E2BIG=7 ENOEXEC=8 EBADF=9 EAGAIN=11
          ENOMEM=12 EACCES=13 EFAULT=14 EBUSY=16 EEXIST=17 EXDEV=18 ENODEV=19 ENOTDIR=20
          EISDIR=21 EINVAL=22 ENFILE=23 EMFILE=24 ENOTTY=25 ETXTBSY=26 EFBIG=27 ENOSPC=28
          ESPIPE=29 EROFS=30 EMLINK=31 EPIPE=32 ERANGE=34 ENAMETOOLONG=36 ENOSYS=38
          ENOTEMPTY=39 ELOOP=40 EUNATCH=49 ENODATA=61 ENONET=64 EPROTO=71 EOVERFLOW=75
          EILSEQ=84 ENOTSOCK=88 EDESTADDRREQ=89 EMSGSIZE=90 EPROTOTYPE=91 ENOPROTOOPT=92
          EPROTONOSUPPORT=93 ESOCKTNOSUPPORT=94 ENOTSUP=95 EAFNOSUPPORT=97 EADDRINUSE=98
          EADDRNOTAVAIL=99 ENETDOWN=100 ENETUNREACH=101 ECONNABORTED=103 ECONNRESET=104
          ENOBUFS=105 EISCONN=106 ENOTCONN=107 ESHUTDOWN=108 ETIMEDOUT=110 ECONNREFUSED=111
          EHOSTDOWN=112 EHOSTUNREACH=113 EALREADY=114 EREMOTEIO=121 ECANCELED=125
          """);

  /** From XNU's sys/errno.h, in its order. */
  private static final Map<String, Integer> DARWIN =
      numbers(
          """
          EPERM=1 ENOENT=2 ESRCH=3 EINTR=4 EIO=5 ENXIO=6 E2BIG=7 ENOEXEC=8 EBADF=9 ENOMEM=12
          EACCES=13 EFAULT=14 EBUSY=16 EEXIST=17 EXDEV=18 ENODEV=19 ENOTDIR=20 EISDIR=21
          EINVAL=22 ENFILE=23 EMFILE=24 ENOTTY=25 ETXTBSY=26 EFBIG=27 ENOSPC=28 ESPIPE=29
          EROFS=30 EMLINK=31 EPIPE=32 ERANGE=34 EAGAIN=35 EALREADY=37 ENOTSOCK=38
          EDESTADDRREQ=39 EMSGSIZE=40 EPROTOTYPE=41 ENOPROTOOPT=42 EPROTONOSUPPORT=43
          ESOCKTNOSUPPORT=44 ENOTSUP=45 EAFNOSUPPORT=47 EADDRINUSE=48 EADDRNOTAVAIL=49
          ENETDOWN=50 ENETUNREACH=51 ECONNABORTED=53 ECONNRESET=54 ENOBUFS=55 EISCONN=56
          ENOTCONN=57 ESHUTDOWN=58 ETIMEDOUT=60 ECONNREFUSED=61 ELOOP=62 ENAMETOOLONG=63
          EHOSTDOWN=64 EHOSTUNREACH=65 ENOTEMPTY=66 ENOSYS=78 EFTYPE=79 EOVERFLOW=84
          ECANCELED=89 EILSEQ=92 ENODATA=96 EPROTO=100
          """);

  /** libuv's own numbers count down from 4093 in this order, with one gap after 4088. */
  private static final List<String> OWN =
      words(
          """
          E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN gap gap gap EALREADY EBADF
          EBUSY ECANCELED ECHARSET ECONNABORTED ECONNREFUSED ECONNRESET EDESTADDRREQ EEXIST
          EFAULT EHOSTUNREACH EINTR EINVAL EIO EISCONN EISDIR ELOOP EMFILE EMSGSIZE
          ENAMETOOLONG ENETDOWN ENETUNREACH ENFILE ENOBUFS ENODEV ENOENT ENOMEM ENONET ENOSPC
          ENOSYS ENOTCONN ENOTDIR ENOTEMPTY ENOTSOCK ENOTSUP EPERM EPIPE EPROTO
          EPROTONOSUPPORT EPROTOTYPE EROFS ESHUTDOWN ESPIPE ESRCH ETIMEDOUT ETXTBSY EXDEV
          EFBIG ENOPROTOOPT ERANGE ENXIO EMLINK EHOSTDOWN EREMOTEIO ENOTTY EFTYPE EILSEQ
          EOVERFLOW ESOCKTNOSUPPORT ENODATA EUNATCH ENOEXEC
          """);

  /** The lookup errors count up from 3000 in this order, with one gap. */
  private static final List<String> LOOKUP =
      words(
          """
          ADDRFAMILY AGAIN BADFLAGS CANCELED FAIL FAMILY MEMORY NODATA NONAME OVERFLOW SERVICE
          SOCKTYPE gap BADHINTS PROTOCOL
          """);

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  private static Map<String, Integer> numbers(String text) {
    Map<String, Integer> numbers = new HashMap<>();
    for (String entry : words(text)) {
      int equals = entry.indexOf('=');
      numbers.put(entry.substring(0, equals), Integer.valueOf(entry.substring(equals + 1)));
    }
    return numbers;
  }

  /** What {@code name} is on a platform whose own numbers are {@code system}. */
  private static int expectedCode(String name, Map<String, Integer> system) {
    Integer errno = system.get(name);
    if (errno != null) {
      return -errno;
    }
    if (name.startsWith("EAI_")) {
      return -3000 - LOOKUP.indexOf(name.substring("EAI_".length()));
    }
    return switch (name) {
      case "EOF" -> -4095;
      case "UNKNOWN" -> -4094;
      default -> {
        assertTrue(OWN.contains(name), name);
        yield -4093 + OWN.indexOf(name);
      }
    };
  }

  @Test
  void anExceptionNamesBothFilesOfACall() {
    UvException failure = new UvException(UvError.ENOENT.code(), "rename", "old", "new", null);
    assertEquals("ENOENT: no such file or directory, rename 'old' -> 'new'", failure.getMessage());
    assertEquals("old", failure.path());
    assertEquals("new", failure.newPath());
    assertNull(UvError.ENOENT.exception("open", "old").newPath());
  }

  @Test
  void aNameCannotForgeALineOfALog() {
    String name = "a\0b\r\n\tc\u001b[31m\u009b";
    UvException failure = UvError.EINVAL.exception("open", name);
    assertEquals(
        "EINVAL: invalid argument, open 'a\\u0000b\\r\\n\\tc\\u001b[31m\\u009b'",
        failure.getMessage());
    assertEquals(name, failure.path());
  }

  @Test
  void errorMessage() {
    assertFalse(UvError.strerror(UvError.EINVAL.code()).contains("Success"));
    assertEquals("Unknown system error 1337", UvError.strerror(1337));
    assertEquals("Unknown system error -1337", UvError.strerror(-1337));
  }

  @Test
  void sysError() {
    for (UvError error : List.of(UvError.EPERM, UvError.EPIPE, UvError.EINVAL)) {
      for (Platform system : List.of(Platform.LINUX, Platform.DARWIN)) {
        int code = error.codeOn(system);
        assertEquals(code, UvError.translateSysError(system, -code));
      }
    }
    for (UvError error : List.of(UvError.EINVAL, UvError.ERANGE, UvError.EACCES)) {
      assertEquals(error.code(), UvError.translateSysError(error.code()));
    }
    assertEquals(0, UvError.translateSysError(0));
  }

  @Test
  void aNumberWithoutAnErrorIsNegatedAsInC() {
    assertEquals(-1337, UvError.translateSysError(Platform.LINUX, 1337));
    assertEquals(-1337, UvError.translateSysError(Platform.DARWIN, 1337));
    assertEquals(-Integer.MAX_VALUE, UvError.translateSysError(Platform.LINUX, Integer.MAX_VALUE));
    assertEquals(-4094, UvError.translateSysError(Platform.OTHER, 1337));
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void whatIsNotPositiveIsNotTranslated(Platform platform) {
    for (int code : new int[] {0, -1, -4095, -1337, Integer.MIN_VALUE}) {
      assertEquals(code, UvError.translateSysError(platform, code));
    }
  }

  @ParameterizedTest
  @EnumSource(UvError.class)
  void numbers(UvError error) {
    assertEquals(expectedCode(error.name(), LINUX), error.codeOn(Platform.LINUX), "Linux");
    assertEquals(expectedCode(error.name(), DARWIN), error.codeOn(Platform.DARWIN), "Darwin");
    assertEquals(expectedCode(error.name(), Map.of()), error.codeOn(Platform.OTHER), "other");
    assertEquals(error.codeOn(Platform.CURRENT), error.code());
  }

  @Test
  void noErrorIsMissing() {
    Set<String> expected = new HashSet<>(OWN);
    LOOKUP.forEach(name -> expected.add("EAI_" + name));
    expected.removeAll(Set.of("gap", "EAI_gap"));
    expected.addAll(Set.of("EOF", "UNKNOWN"));
    Set<String> actual = new HashSet<>();
    for (UvError error : UvError.values()) {
      actual.add(error.name());
    }
    assertEquals(expected, actual);
    assertEquals(85, actual.size());
    assertTrue(expected.containsAll(LINUX.keySet()));
    assertTrue(expected.containsAll(DARWIN.keySet()));
  }

  @ParameterizedTest
  @EnumSource(Platform.class)
  void noTwoErrorsShareACode(Platform platform) {
    Map<Integer, UvError> byCode = new HashMap<>();
    for (UvError error : UvError.values()) {
      assertTrue(error.codeOn(platform) < 0, error::name);
      assertNull(byCode.put(error.codeOn(platform), error), error::name);
    }
  }

  @ParameterizedTest
  @EnumSource(UvError.class)
  void namesAndMessages(UvError error) {
    assertSame(error, UvError.ofCode(error.code()));
    assertEquals(error.name(), error.errName());
    assertEquals(error.name(), UvError.errName(error.code()));
    assertEquals(error.message(), UvError.strerror(error.code()));
    assertTrue(error.message().matches("[a-z0-9 ,/-]+"), error::message);
  }

  @Test
  void noTwoErrorsShareAMessage() {
    Set<String> messages = new HashSet<>();
    for (UvError error : UvError.values()) {
      assertTrue(messages.add(error.message()), error::name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ENOENT, no such file or directory",
    "EACCES, permission denied",
    "EINVAL, invalid argument",
    "EPERM, operation not permitted",
    "EEXIST, file exists",
    "ENOTDIR, not a directory",
    "ENOSPC, no space left on device",
    "EPIPE, broken pipe",
    "EOF, end of file",
    "UNKNOWN, unknown error"
  })
  void messagesHaveTheirPosixMeaning(UvError error, String message) {
    assertEquals(message, error.message());
  }

  @Test
  void unknownCodes() {
    int[] codes = {0, 1, 2, 1337, -1337, -4096, -4095 + 2000, Integer.MIN_VALUE, Integer.MAX_VALUE};
    for (int code : codes) {
      assertNull(UvError.ofCode(code), () -> "" + code);
      assertEquals("Unknown system error " + code, UvError.errName(code));
      assertEquals("Unknown system error " + code, UvError.strerror(code));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, LINUX",
    "Mac OS X, DARWIN",
    "Darwin, DARWIN",
    "Windows 11, OTHER",
    "FreeBSD, OTHER",
    "AIX, OTHER",
    "'', OTHER"
  })
  void platformByName(String osName, Platform expected) {
    assertEquals(expected, Platform.of(osName));
  }

  @Test
  void orThrowReturnsResults() {
    assertEquals(0, UvError.orThrow(0, "read"));
    assertEquals(7, UvError.orThrow(7, "read"));
    assertEquals(Integer.MAX_VALUE, UvError.orThrow(Integer.MAX_VALUE, "read"));
    assertEquals(1L << 40, UvError.orThrow(1L << 40, "sendfile"));
  }

  @Test
  void orThrowThrowsErrors() {
    int code = UvError.EBADF.code();
    UvException e = assertThrows(UvException.class, () -> UvError.orThrow(code, "read"));
    assertSame(UvError.EBADF, e.error());
    assertEquals("read", e.call());
    e = assertThrows(UvException.class, () -> UvError.orThrow((long) code, "sendfile"));
    assertSame(UvError.EBADF, e.error());
    assertEquals("sendfile", e.call());
  }

  @Test
  void aLongBelowAllIntsIsStillAnError() {
    long status = -(1L << 32) + 5;
    UvException e = assertThrows(UvException.class, () -> UvError.orThrow(status, "read"));
    assertEquals(Integer.MIN_VALUE, e.code());
    assertSame(UvError.UNKNOWN, e.error());
  }
}
