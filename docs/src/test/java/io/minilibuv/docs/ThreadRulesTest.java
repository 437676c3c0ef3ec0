// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaFieldAccess.AccessType;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Handle;
import io.minilibuv.core.HandleType;
import io.minilibuv.core.Loop;
import io.minilibuv.core.Request;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Holds the thread contract: what changes a loop, a handle or a request and is not marked {@link
 * AnyThread} checks that it runs on the loop's thread, and what is so marked does not.
 *
 * <p>It looks at public instance methods of the loop and of all handle and request types that users
 * have; our modules' own, in internal packages, are called by code that runs on the loop. A method
 * counts as changing something if it returns nothing, or if it, or a method of the same object that
 * it calls, writes a field. It counts as checking if it, or a method of the same object that it
 * calls, calls {@link Loop#checkThread()} or what that is made of. What it does not see: a change
 * that goes through another object (a list, a heap) in a method that returns a value, and whether
 * the check comes first.
 */
class ThreadRulesTest {
  /** Where it is decided whose the loop is. */
  private static final Set<String> CHECKS =
      Set.of("Loop.checkThread", "LoopThread.check", "LoopThread.beginRun");

  private static final DescribedPredicate<JavaClass> BELONGS_TO_A_LOOP =
      DescribedPredicate.describe(
          "belong to a loop",
          type ->
              type.isEquivalentTo(Loop.class)
                  || type.isAssignableTo(Handle.class)
                  || type.isAssignableTo(Request.class));

  private static final ArchRule CHANGES_ARE_CHECKED =
      methods()
          .that()
          .areDeclaredInClassesThat(BELONGS_TO_A_LOOP)
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("..internal..")
          .and()
          .arePublic()
          .and()
          .areNotStatic()
          .and(describe("change something", ThreadRulesTest::changesSomething))
          .and(describe("are not for any thread", method -> !isForAnyThread(method)))
          .should(be("checked", method -> reaches(method, ThreadRulesTest::checksThread)));

  private static final ArchRule ANY_THREAD_MEANS_ANY =
      methods()
          .that()
          .areDeclaredInClassesThat(BELONGS_TO_A_LOOP)
          .and(describe("are for any thread", ThreadRulesTest::isForAnyThread))
          .should(be("unchecked", method -> !reaches(method, ThreadRulesTest::checksThread)));

  @Test
  void whatChangesSomethingChecksTheThread() {
    CHANGES_ARE_CHECKED.check(ArchitectureTest.MAIN);
  }

  @Test
  void whatAnyThreadMayCallDoesNotCheck() {
    ANY_THREAD_MEANS_ANY.check(ArchitectureTest.MAIN);
  }

  @Test
  void theRuleSeesTheCheckThroughAHelper() {
    JavaClasses careful = imported(CarefulHandle.class);
    assertThat(changesSomething(careful.get(CarefulHandle.class).getMethod("count"))).isTrue();
    CHANGES_ARE_CHECKED.check(careful);
  }

  @Test
  void theRuleCatchesAHandleThatForgets() {
    JavaClasses forgetful = imported(ForgetfulHandle.class);
    assertThatThrownBy(() -> CHANGES_ARE_CHECKED.check(forgetful))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ForgetfulHandle.start()")
        .hasMessageContaining("ForgetfulHandle.count()")
        .hasMessageNotContaining("ForgetfulHandle.counted()");
    assertThatThrownBy(() -> ANY_THREAD_MEANS_ANY.check(forgetful))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ForgetfulHandle.promise()");
  }

  /** One handle type to judge, imported together with the classes that its calls lead into. */
  private static JavaClasses imported(Class<? extends Handle> type) {
    return new ClassFileImporter()
        .importClasses(type, Handle.class, Loop.class)
        .that(DescribedPredicate.describe("are it", found -> found.isEquivalentTo(type)));
  }

  private static boolean changesSomething(JavaMethod method) {
    return !method.getModifiers().contains(JavaModifier.ABSTRACT)
        && (method.getRawReturnType().getName().equals("void")
            || reaches(method, ThreadRulesTest::writesAField));
  }

  private static boolean isForAnyThread(JavaMethod method) {
    return method.isAnnotatedWith(AnyThread.class)
        || method.getOwner().isAnnotatedWith(AnyThread.class);
  }

  private static boolean writesAField(JavaCodeUnit code) {
    return code.getFieldAccesses().stream()
        .anyMatch(access -> access.getAccessType() == AccessType.SET);
  }

  private static boolean checksThread(JavaCodeUnit code) {
    return code.getMethodCallsFromSelf().stream()
        .map(JavaAccess::getTarget)
        .map(called -> called.getOwner().getSimpleName() + "." + called.getName())
        .anyMatch(CHECKS::contains);
  }

  /** Whether a method is what is asked for, or calls one of its own object that is. */
  private static boolean reaches(JavaMethod from, Predicate<JavaCodeUnit> asked) {
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> next = new ArrayDeque<>();
    next.add(from);
    while (!next.isEmpty()) {
      JavaCodeUnit code = next.remove();
      if (!seen.add(code)) {
        continue;
      }
      if (asked.test(code)) {
        return true;
      }
      code.getMethodCallsFromSelf().stream()
          .flatMap(call -> call.getTarget().resolveMember().stream())
          .filter(called -> from.getOwner().isAssignableTo(called.getOwner().getName()))
          .forEach(next::add);
    }
    return false;
  }

  private static DescribedPredicate<JavaMethod> describe(
      String description, Predicate<JavaMethod> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }

  private static ArchCondition<JavaMethod> be(String what, Predicate<JavaMethod> predicate) {
    return new ArchCondition<>("be " + what) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                method, predicate.test(method), method.getFullName() + " is not " + what));
      }
    };
  }

  /** Breaks every rule once. */
  static final class ForgetfulHandle extends Handle {
    private int count;

    ForgetfulHandle(Loop loop) {
      super(loop, HandleType.IDLE);
    }

    public void start() {
      handleStart();
    }

    public int count() {
      return counted() + increment();
    }

    public int counted() {
      return count;
    }

    @AnyThread
    public void promise() {
      checkThread();
    }

    @Override
    protected boolean onClose() {
      return true;
    }

    private int increment() {
      return count++;
    }
  }

  /** Changes something only after a check, which is in a helper. */
  static final class CarefulHandle extends Handle {
    private int count;

    CarefulHandle(Loop loop) {
      super(loop, HandleType.IDLE);
    }

    public int count() {
      prepare();
      return count;
    }

    @Override
    protected boolean onClose() {
      return true;
    }

    private void prepare() {
      checkThread();
      count++;
    }
  }
}
