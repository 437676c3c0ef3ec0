// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.testing.QuickJava;
import io.minilibuv.threadpool.WorkRequest;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.slf4j.Logger;

/**
 * A user's build: what it compiles with, our jars and slf4j, and none of the annotations that we
 * check ourselves with.
 */
final class UserBuild {
  private UserBuild() {}

  /**
   * Compiles sources of a user's into {@code classes}.
   *
   * @param path {@code -cp} or {@code -p}, and what is on it
   * @return what the compiler has to say, with all its warnings on; nothing if all is well
   */
  static String compile(Path classes, List<String> path, Path... sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options = new ArrayList<>(path);
    options.addAll(List.of("-d", classes.toString(), "-Xlint:all"));
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, UTF_8)) {
      compiler
          .getTask(complaints, files, null, options, null, files.getJavaFileObjects(sources))
          .call();
    }
    return complaints.toString();
  }

  /**
   * The command that runs a program of a user's, up to its options: on this process's class path
   * the module for Linux is found, where it is built, and may call the system without a warning.
   */
  static List<String> java() {
    List<String> command = new ArrayList<>(List.of(QuickJava.command()));
    command.addAll(QuickJava.OPTIONS);
    if (Project.modulesBuilt().contains("uv-linux")) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    return command;
  }

  /** The jars, or folders, that a program on {@code uv-fs} needs. */
  static String jars() {
    return Stream.of(
            Loop.class, AsyncHandle.class, WorkRequest.class, FsRequest.class, Logger.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString())
        .map(location -> Path.of(URI.create(location)).toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
