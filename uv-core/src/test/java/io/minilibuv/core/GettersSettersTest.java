// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * {@code test/test-getters-setters.c}, with a timer for its pipe; the names of the types have a
 * test of their own.
 */
class GettersSettersTest extends LoopFixture {

  @Test
  void gettersSetters() {
    Object cookie1 = new Object();
    Object cookie2 = new Object();

    assertThat(loop.data()).isNull();
    loop.setData(cookie1);
    assertThat(loop.data()).isSameAs(cookie1);

    TimerHandle timer = TimerHandle.init(loop);
    assertThat(timer.type()).isEqualTo(HandleType.TIMER);
    assertThat(timer.loop()).isSameAs(loop);
    assertThat(timer.data()).isNull();
    timer.setData(cookie2);
    assertThat(timer.data()).isSameAs(cookie2);
    timer.setData(cookie1);
    assertThat(timer.data()).isSameAs(cookie1);
    timer.close();
    assertThat(loop.run()).isFalse();

    Request request = new TestRequest(loop);
    assertThat(request.type()).isEqualTo(RequestType.REQ);
    assertThat(request.loop()).isSameAs(loop);
    assertThat(request.data()).isNull();
    request.setData(cookie2);
    assertThat(request.data()).isSameAs(cookie2);
    request.setData(null);
    assertThat(request.data()).isNull();

    loop.close();
    assertThat(loop.data()).isSameAs(cookie1);
    assertThat(timer.data()).isSameAs(cookie1);
  }
}
