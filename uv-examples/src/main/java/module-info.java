// SPDX-License-Identifier: MIT

/** The command line program {@code uv}. It exports nothing: it is to be run, and to be read. */
module io.minilibuv.examples {
  requires ch.qos.logback.classic;
  requires ch.qos.logback.core;
  requires info.picocli;
  requires io.minilibuv.async;
  requires io.minilibuv.fs;
  requires me.tongfei.progressbar;
  requires org.slf4j;
  requires static org.jspecify;

  opens io.minilibuv.examples to
      info.picocli;
  opens io.minilibuv.examples.alive to
      info.picocli;
  opens io.minilibuv.examples.cat to
      info.picocli;
  opens io.minilibuv.examples.cli to
      info.picocli;
  opens io.minilibuv.examples.cp to
      info.picocli;
  opens io.minilibuv.examples.du to
      info.picocli;
  opens io.minilibuv.examples.fib to
      info.picocli;
  opens io.minilibuv.examples.hash to
      info.picocli;
  opens io.minilibuv.examples.phases to
      info.picocli;
  opens io.minilibuv.examples.progress to
      info.picocli;
  opens io.minilibuv.examples.starve to
      info.picocli;
  opens io.minilibuv.examples.tail to
      info.picocli;
  opens io.minilibuv.examples.tee to
      info.picocli;
  opens io.minilibuv.examples.watch to
      info.picocli;

  provides ch.qos.logback.classic.spi.Configurator with
      io.minilibuv.examples.cli.Logging;
}
