// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Starts of programs that are soon over, as tests make them by the hundred: most of what such a
 * process does is to load classes, and it can have them loaded already.
 *
 * <p>One of these is for one program, and is kept for all of its starts. Its files go when this
 * process ends.
 */
public final class QuickJava {
  /** The small collector and the quick compiler, and no file for tools that look on. */
  public static final List<String> OPTIONS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** The JDK from which on an archive may hold classes as they are linked, too. */
  private static final int AHEAD_OF_TIME = 25;

  private final Path folder;

  public QuickJava() throws IOException {
    folder = Files.createTempDirectory("quick-java");
    folder.toFile().deleteOnExit();
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Some programs run as another user.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** The command {@code java}, of the JDK that this process runs on. */
  public static String command() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** A class or module path with a jar in place of each folder: archives are of jars only. */
  public String jars(String path) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : path.split(Pattern.quote(File.pathSeparator), -1)) {
      Path classes = Path.of(entry);
      jars.add(
          Files.isDirectory(classes)
              ? jar(classes, "jar" + jars.size() + ".jar").toString()
              : entry);
    }
    return String.join(File.pathSeparator, jars);
  }

  /**
   * Runs a program once in {@code directory}, and keeps the classes that it has used.
   *
   * @param arguments what follows {@link #OPTIONS} in its starts
   * @return the options with which other starts have those classes; none where this cannot be done,
   *     which is no failure: then they are only slower
   */
  public List<String> archive(Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    boolean ahead = Runtime.version().feature() >= AHEAD_OF_TIME;
    Path archive = onExitGone(folder.resolve("archive"));
    List<String> command = new ArrayList<>(List.of(command()));
    command.addAll(OPTIONS);
    command.add((ahead ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    process.waitFor();
    if (!Files.exists(archive)) {
      return List.of();
    }
    return List.of((ahead ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive);
  }

  private Path jar(Path classes, String name) throws IOException {
    Path jar = onExitGone(folder.resolve(name));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(each).toString().replace(File.separatorChar, '/');
        out.putNextEntry(new JarEntry(entry));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  private static Path onExitGone(Path file) {
    file.toFile().deleteOnExit();
    return file;
  }
}
