// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class UvExceptionTest {

  @Test
  void saysWhatFailedAndWhy() {
    UvException e = UvError.EINVAL.exception("uv_timer_start");
    assertEquals("EINVAL: invalid argument, uv_timer_start", e.getMessage());
    assertSame(UvError.EINVAL, e.error());
    assertEquals(UvError.EINVAL.code(), e.code());
    assertEquals("uv_timer_start", e.call());
    assertNull(e.path());
    assertNull(e.getCause());
  }

  @Test
  void saysThePath() {
    UvException e = UvError.ENOENT.exception("open", "missing.txt");
    assertEquals("ENOENT: no such file or directory, open 'missing.txt'", e.getMessage());
    assertEquals("missing.txt", e.path());
  }

  @Test
  void keepsACodeThatHasNoError() {
    UvException e = new UvException(-1337, "open", "x");
    assertEquals("Unknown system error -1337, open 'x'", e.getMessage());
    assertSame(UvError.UNKNOWN, e.error());
    assertEquals(-1337, e.code());
  }

  @Test
  void keepsItsCause() {
    IOException cause = new IOException("disk");
    UvException e = new UvException(UvError.EIO.code(), "read", null, cause);
    assertSame(cause, e.getCause());
    assertEquals("EIO: input/output error, read", e.getMessage());
  }

  @Test
  void whatIsNoErrorIsNoException() {
    assertThrows(IllegalArgumentException.class, () -> new UvException(0, "read", null));
    assertThrows(IllegalArgumentException.class, () -> new UvException(5, "read", null));
  }

  @Test
  void namesItsCall() {
    assertThrows(NullPointerException.class, () -> UvError.EIO.exception(null));
    assertThrows(NullPointerException.class, () -> UvError.orThrow(0, null));
    assertThrows(NullPointerException.class, () -> UvError.orThrow(0L, null));
  }

  @Test
  void survivesSerialization() throws Exception {
    UvException e = new UvException(UvError.ENOSPC.code(), "write", "a b", new IOException("disk"));
    UvException copy = copyOf(e);
    assertEquals(e.getMessage(), copy.getMessage());
    assertSame(UvError.ENOSPC, copy.error());
    assertEquals(e.code(), copy.code());
    assertEquals("write", copy.call());
    assertEquals("a b", copy.path());
    assertInstanceOf(IOException.class, copy.getCause());
    assertEquals(-1337, copyOf(new UvException(-1337, "write", null)).code());
  }

  private static UvException copyOf(UvException e) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(e);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (UvException) in.readObject();
    }
  }
}
