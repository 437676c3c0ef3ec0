// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.PollBackend;
import io.minilibuv.testing.PollBackendContract;
import org.junit.jupiter.api.Test;

class EpollPollBackendTest extends PollBackendContract {

  @Override
  protected PollBackend open() {
    return new EpollProvider().open();
  }

  @Test
  void itsNameIsEpoll() {
    try (PollBackend backend = open()) {
      assertThat(backend.name()).isEqualTo("epoll");
    }
  }
}
