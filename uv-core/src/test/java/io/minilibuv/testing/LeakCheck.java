// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/**
 * Fails a test that leaves something behind: {@code @ExtendWith(LeakCheck.class)}.
 *
 * <p>After each test the process must have no open descriptor and no live thread that it did not
 * have before, and the test's thread must not be interrupted. What the test's fields open counts
 * too. A loop that was not closed shows as its selector's descriptors; a handle that was not closed
 * shows too, since its loop cannot have been closed then.
 *
 * <p>Threads and descriptors have no owner, so tests under this check must not run in parallel. It
 * does not see what a test takes back by garbage collection in time, or what was open before.
 */
public final class LeakCheck
    implements TestInstancePreConstructCallback, BeforeEachCallback, AfterEachCallback {

  private static final ExtensionContext.Namespace SPACE =
      ExtensionContext.Namespace.create(LeakCheck.class);

  /** The configuration parameter for how many milliseconds to wait for what is about to go. */
  static final String GRACE_MILLIS = "io.minilibuv.testing.LeakCheck.graceMillis";

  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);
  private static final long LOOK_AGAIN_NANOS = 5_000_000;

  /** Made by JUnit. */
  public LeakCheck() {}

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    // The outer instance of a nested class is made first: what it opens belongs to the test.
    if (factory.getOuterInstance().isEmpty()) {
      remember(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    // An instance that serves several tests was made long ago, and not for this one.
    if (store(context).get(context.getUniqueId()) == null) {
      remember(context);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Footprint before = store(context).remove(context.getUniqueId(), Footprint.class);
    boolean interrupted = Thread.interrupted();
    List<String> left = leftBehind(before, graceOf(context));
    if (interrupted) {
      left.add("the interrupt status of the test's thread");
    }
    if (!left.isEmpty()) {
      throw new AssertionError(
          context.getDisplayName() + " left behind: " + String.join("; ", left));
    }
  }

  /** What is there now and was not before, once there has been time for it to go. */
  private static List<String> leftBehind(Footprint before, Duration grace) {
    long began = System.nanoTime();
    List<String> left = Footprint.now().since(before);
    while (!left.isEmpty() && System.nanoTime() - began < grace.toNanos()) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      left = Footprint.now().since(before);
    }
    return left;
  }

  /** Only a leak is waited for that long. */
  private static Duration graceOf(ExtensionContext context) {
    return context
        .getConfigurationParameter(GRACE_MILLIS, Long::valueOf)
        .map(Duration::ofMillis)
        .orElse(DEFAULT_GRACE);
  }

  private static void remember(ExtensionContext context) {
    store(context).put(context.getUniqueId(), Footprint.now());
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(SPACE);
  }
}
