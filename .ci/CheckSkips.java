// SPDX-License-Identifier: MIT

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Reads what Surefire reported, and fails if a test was skipped without a reason in
 * docs/skipped-tests.tsv, if a reason is given for a test that no longer exists, or if nothing ran.
 *
 * <p>The list's columns: {@code test} is {@code fully.qualified.Class#method}, {@code on} says where
 * the test cannot run ({@code linux}, {@code macos}, {@code windows}, {@code root}: for the
 * superuser, {@code user}: for everybody else, {@code any}), {@code reason} says why. Run from the
 * project's root, with {@code java .ci/CheckSkips.java}.
 */
class CheckSkips {
  private record Listed(String test, String on, String reason) {}

  public static void main(String[] args) throws Exception {
    List<Listed> listed = readList(Path.of("docs", "skipped-tests.tsv"));
    List<String> faults = new ArrayList<>();
    listed.stream()
        .filter(row -> !exists(row.test))
        .forEach(row -> faults.add("listed, but there is no such test: " + row.test));

    int ran = 0;
    int skipped = 0;
    for (Path report : find(Path.of("."), "TEST-.*\\.xml", "surefire-reports")) {
      var cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
      for (int i = 0; i < cases.getLength(); i++) {
        Element test = (Element) cases.item(i);
        if (test.getElementsByTagName("skipped").getLength() == 0) {
          ran++;
          continue;
        }
        skipped++;
        String name = nameOf(test);
        if (listed.stream().noneMatch(row -> row.test.equals(name) && appliesHere(row.on))) {
          faults.add("skipped, and docs/skipped-tests.tsv gives no reason: " + name);
        }
      }
    }
    if (ran == 0) {
      faults.add("no test ran");
    }
    faults.forEach(System.err::println);
    System.out.println(ran + " tests ran, " + skipped + " skipped, " + faults.size() + " faults");
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private static List<Listed> readList(Path file) throws IOException {
    List<Listed> rows = new ArrayList<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      String[] columns = line.split("\t", -1);
      if (columns.length != 3 || columns[2].isBlank()) {
        throw new IllegalStateException(file + " needs test, on and reason: " + line);
      }
      rows.add(new Listed(columns[0], columns[1], columns[2]));
    }
    return rows;
  }

  /** The name without a parameterized test's parameters, which Surefire adds to it. */
  private static String nameOf(Element test) {
    return test.getAttribute("classname").replace('$', '.')
        + "#"
        + test.getAttribute("name").replaceFirst("[\\s(\\[{].*", "");
  }

  private static boolean appliesHere(String on) {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    return switch (on) {
      case "any" -> true;
      case "linux" -> os.contains("linux");
      case "macos" -> os.contains("mac");
      case "windows" -> os.contains("windows");
      case "root" -> System.getProperty("user.name").equals("root");
      case "user" -> !System.getProperty("user.name").equals("root");
      default -> throw new IllegalStateException("docs/skipped-tests.tsv does not know: on " + on);
    };
  }

  /** True if the test's class has a source file, and that file a method of the name. */
  private static boolean exists(String test) {
    String[] parts = test.split("#", 2);
    String path = parts[0].replace('.', '/');
    Pattern method = Pattern.compile("\\bvoid\\s+" + Pattern.quote(parts[1]) + "\\s*\\(");
    for (Path source : sources()) {
      String name = source.toString().replace('\\', '/').replaceFirst("\\.java$", "");
      if (name.endsWith("/" + path) || path.startsWith(name.replaceFirst(".*/java/", "") + "/")) {
        try {
          if (method.matcher(Files.readString(source)).find()) {
            return true;
          }
        } catch (IOException e) {
          throw new IllegalStateException(source.toString(), e);
        }
      }
    }
    return false;
  }

  private static List<Path> sources() {
    return find(Path.of("."), ".*\\.java", "src/test/java");
  }

  /** Files of that name, in a module's folder of that name or beneath it. */
  private static List<Path> find(Path root, String name, String folder) {
    try (Stream<Path> modules = Files.list(root)) {
      List<Path> found = new ArrayList<>();
      for (Path module : modules.filter(m -> Files.exists(m.resolve("pom.xml"))).toList()) {
        Path start = module.resolve(folder.startsWith("src") ? folder : "target/" + folder);
        if (Files.isDirectory(start)) {
          try (Stream<Path> files = Files.walk(start)) {
            files.filter(f -> f.getFileName().toString().matches(name)).forEach(found::add);
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new IllegalStateException(root.toString(), e);
    }
  }
}
