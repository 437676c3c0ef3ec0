// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.FsStat;
import java.util.EnumSet;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a program on the loop can be written: {@code --form}. */
enum CatForm {
  /** Each callback asks the next request. */
  CALLBACKS,
  /** Requests are chained. */
  FUTURES,
  /** Code that blocks, on a thread of its own. */
  THREADS;

  /**
   * Makes a cat of this form, which has not begun.
   *
   * @param output what is known of standard output
   */
  Cat make(Loop loop, FsStat output, Cat.Listener listener) {
    return switch (this) {
      case CALLBACKS -> new CatByCallbacks(loop, output, listener);
      case FUTURES -> new CatByFutures(loop, output, listener);
      case THREADS -> new CatByThreads(loop, output, listener);
    };
  }

  /** As the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #toString} writes. */
  static final class Reader implements ITypeConverter<CatForm> {
    @Override
    public CatForm convert(String text) {
      for (CatForm form : values()) {
        if (form.toString().equals(text)) {
          return form;
        }
      }
      String forms = EnumSet.allOf(CatForm.class).toString();
      throw new TypeConversionException("one of " + forms + " is expected, not '" + text + "'");
    }
  }
}
