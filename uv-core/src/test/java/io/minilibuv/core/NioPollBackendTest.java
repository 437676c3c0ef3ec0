// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.PollBackendContract;
import org.junit.jupiter.api.Test;

class NioPollBackendTest extends PollBackendContract {

  @Override
  protected PollBackend open() {
    return PollBackend.nio();
  }

  @Test
  void itsNameIsNio() {
    try (PollBackend backend = open()) {
      assertThat(backend.name()).isEqualTo("nio");
    }
  }
}
