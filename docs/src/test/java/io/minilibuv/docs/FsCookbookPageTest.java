// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds that docs/fs-cookbook.md can be pasted: each recipe is compiled as it stands there, in a
 * class of its own under the imports that the page gives, and all of them in a module that requires
 * what the page says. Its whole programs are left to {@link PageProgramsTest}.
 */
class FsCookbookPageTest {
  private static final Pattern FENCE =
      Pattern.compile(
          "<!-- (imports|module-info|quote \\S+ \\S+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(.*?)</artifactId>");
  private static final Pattern VERSION = Pattern.compile("<version>(.*?)</version>");

  /** A recipe, and the imports that the page has given so far. */
  private record Recipe(String name, String imports, String code, boolean isTest) {

    /** A class that it was pasted into. */
    String pasted(String className) {
      return imports + "\nfinal class " + className + " {\n" + code + "}\n";
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @TempDir Path folder;

  static Stream<Recipe> recipes() {
    List<Recipe> recipes = new ArrayList<>();
    List<String> imports = new ArrayList<>();
    FENCE
        .matcher(page())
        .results()
        .filter(found -> !found.group(1).equals("module-info"))
        .forEach(
            found -> {
              if (found.group(1).equals("imports")) {
                imports.add(found.group(2));
              } else {
                String name = found.group(1).replaceFirst(".* ", "");
                String above = String.join("\n", imports);
                recipes.add(new Recipe(name, above, found.group(2), imports.size() > 1));
              }
            });
    return recipes.stream();
  }

  private static String page() {
    return Project.text(Project.root().resolve("docs/fs-cookbook.md"));
  }

  @Test
  void thereAreRecipesAndNoFenceIsLeftOut() {
    long programs = Pattern.compile("public final class").matcher(page()).results().count();
    long fences = Pattern.compile("```java\n").matcher(page()).results().count();
    assertThat(recipes().count()).isGreaterThan(9);
    assertThat(FENCE.matcher(page()).results().count()).isEqualTo(fences - programs);
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aRecipeCompilesAsPasted(Recipe recipe) throws IOException {
    Path source = Files.writeString(folder.resolve("Pasted.java"), recipe.pasted("Pasted"));
    String jars = recipe.isTest ? System.getProperty("java.class.path") : UserBuild.jars();
    assertThat(UserBuild.compile(folder, List.of("-cp", jars), source)).isEmpty();
  }

  @Test
  void theModuleOfThePageIsEnough() throws IOException {
    assertThat(compileModule(moduleInfo())).isEmpty();
  }

  @Test
  void asyncHandlesNeedTheModuleThatThePageNames() throws IOException {
    String line = "requires io.minilibuv.async;";
    assertThat(moduleInfo()).contains(line);
    assertThat(compileModule(moduleInfo().replace(line, "")))
        .contains("io.minilibuv.async is declared in module io.minilibuv.async");
  }

  private static String moduleInfo() {
    return FENCE
        .matcher(page())
        .results()
        .filter(found -> found.group(1).equals("module-info"))
        .map(found -> found.group(2))
        .collect(Collectors.joining());
  }

  /** Compiles all recipes, and the programs, as a module. */
  private String compileModule(String moduleInfo) throws IOException {
    List<Path> sources = new ArrayList<>();
    sources.add(Files.writeString(folder.resolve("module-info.java"), moduleInfo));
    Path where = Files.createDirectories(folder.resolve("program"));
    for (Recipe recipe : recipes().filter(recipe -> !recipe.isTest).toList()) {
      String name = "Pasted" + sources.size();
      String text = "package program;\n" + recipe.pasted(name);
      sources.add(Files.writeString(where.resolve(name + ".java"), text));
    }
    for (String program : List.of("Size", "CopyTree")) {
      String text = "package program;\n" + PageProgramsTest.sourceOf(program);
      sources.add(Files.writeString(where.resolve(program + ".java"), text));
    }
    return UserBuild.compile(
        folder.resolve("classes"), List.of("-p", UserBuild.jars()), sources.toArray(Path[]::new));
  }

  @Test
  void thePomOfThePageNamesWhatThereIs() {
    String page = page();
    String xml = page.substring(page.indexOf("```xml"), page.indexOf("</dependencies>\n```"));
    String bom = Project.text(Project.root().resolve("uv-bom/pom.xml"));
    Set<String> known = all(ARTIFACT, bom);
    assertThat(all(ARTIFACT, xml)).containsExactlyInAnyOrder("uv-bom", "uv-fs").isSubsetOf(known);
    assertThat(all(VERSION, xml)).hasSize(1).isSubsetOf(all(VERSION, bom));
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
