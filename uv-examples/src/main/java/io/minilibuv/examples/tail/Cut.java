// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import java.nio.ByteBuffer;
import java.util.List;

/** Decides what of a file's bytes is to be written, as they come. */
interface Cut {
  /** All of them. */
  Cut NONE =
      new Cut() {
        @Override
        public List<ByteBuffer> next(ByteBuffer bytes) {
          return List.of(bytes);
        }

        @Override
        public List<ByteBuffer> rest() {
          return List.of();
        }
      };

  /**
   * Takes the next bytes.
   *
   * @param bytes anybody else's again when what is answered has been written
   * @return what can be written now
   */
  List<ByteBuffer> next(ByteBuffer bytes);

  /** There are no more: answers what is left to be written. */
  List<ByteBuffer> rest();
}
