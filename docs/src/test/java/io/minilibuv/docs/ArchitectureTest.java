// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Holds the shape of the house: which module may know which, and what none may do. */
class ArchitectureTest {
  /** The main classes of all modules, without anybody's tests. */
  static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.minilibuv");

  private static final DescribedPredicate<JavaClass> LIBRARY =
      not(resideInAPackage("io.minilibuv.examples..")).as("in a library module");

  @Test
  void everyModuleIsLookedAt() {
    assertThat(Project.modulesBuilt())
        .allSatisfy(
            module -> {
              String expected = "io.minilibuv." + module.substring("uv-".length());
              assertThat(MAIN.stream().map(JavaClass::getPackageName))
                  .anyMatch(name -> name.startsWith(expected));
            });
    assertThat(MAIN.stream().map(JavaClass::getPackageName))
        .noneMatch(name -> name.startsWith("io.minilibuv.testing"));
  }

  @Test
  void arrowsPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("core")
        .definedBy("io.minilibuv.core..")
        .layer("async")
        .definedBy("io.minilibuv.async..")
        .layer("threadpool")
        .definedBy("io.minilibuv.threadpool..")
        .layer("fs")
        .definedBy("io.minilibuv.fs..")
        .optionalLayer("linux")
        .definedBy("io.minilibuv.linux..")
        .layer("examples")
        .definedBy("io.minilibuv.examples..")
        .layer("explorer")
        .definedBy("io.minilibuv.explorer..")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("async")
        .mayOnlyAccessLayers("core")
        .whereLayer("threadpool")
        .mayOnlyAccessLayers("async", "core")
        .whereLayer("fs")
        .mayOnlyAccessLayers("threadpool", "async", "core")
        .whereLayer("linux")
        .mayOnlyAccessLayers("fs", "threadpool", "async", "core")
        .whereLayer("explorer")
        .mayOnlyAccessLayers("fs", "threadpool", "async", "core")
        .whereLayer("examples")
        .mayOnlyAccessLayers("fs", "threadpool", "async", "core")
        .check(MAIN);
  }

  @Test
  void noTwoPackagesNeedEachOther() {
    slices().matching("io.minilibuv.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void coreAndAsyncNeedNothingButSlf4j() {
    classes()
        .that()
        .resideInAnyPackage("io.minilibuv.core..", "io.minilibuv.async..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "io.minilibuv.core..",
            "io.minilibuv.async..",
            "org.slf4j..",
            // Annotations that nothing needs at run time.
            "org.jspecify.annotations..")
        .check(MAIN);
  }

  /** A user of ours needs nobody else's module to be compiled against. */
  @Test
  void apisShowNoTypeOfSomebodyElses() {
    DescribedPredicate<JavaClass> ours =
        describe(
            "are the JDK's or ours",
            type ->
                type.getBaseComponentType().isPrimitive()
                    || resideInAnyPackage("java..", "io.minilibuv..")
                        .test(type.getBaseComponentType()));
    codeUnits()
        .that()
        .areDeclaredInClassesThat(LIBRARY)
        .and()
        .areDeclaredInClassesThat()
        .resideOutsideOfPackage("..internal..")
        .and(describe("are public or protected", ArchitectureTest::isApi))
        .should()
        .haveRawReturnType(ours)
        .andShould()
        .haveRawParameterTypes(describe("are all ours", types -> types.stream().allMatch(ours)))
        .check(MAIN);
  }

  private static boolean isApi(JavaCodeUnit code) {
    return code.getOwner().getModifiers().contains(JavaModifier.PUBLIC)
        && (code.getModifiers().contains(JavaModifier.PUBLIC)
            || code.getModifiers().contains(JavaModifier.PROTECTED));
  }

  @Test
  void theInsideIsForTheModulesThatAreBuiltOnIt() {
    noClasses()
        .that()
        .resideInAnyPackage("io.minilibuv.examples..", "io.minilibuv.explorer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..internal..")
        .check(MAIN);
  }

  @Test
  void nothingSleeps() {
    noClasses()
        .should()
        .callMethodWhere(
            target(name("sleep"))
                .and(target(owner(type(Thread.class))).or(target(owner(type(TimeUnit.class))))))
        .check(MAIN);
  }

  @Test
  void librariesPrintNothing() {
    noClasses()
        .that(LIBRARY)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void librariesLogThroughSlf4jOnly() {
    noClasses()
        .that(LIBRARY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "ch.qos.logback..", "org.apache..log4j..")
        .check(MAIN);
  }

  @Test
  void noExceptionIsPrintedWhereItIsCaught() {
    noClasses()
        .that(LIBRARY)
        .should()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace", PrintStream.class)
        .check(MAIN);
  }
}
