// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.ScriptedStats.error;
import static io.minilibuv.fs.ScriptedStats.ok;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which answers fs_poll handles report, and when they ask. */
class FsPollSemanticsTest extends FsPollFixture {
  /** What a handle reports on these answers. */
  private List<String> reports(ScriptedStats.Answer... answers) {
    seen.clear();
    fs.answer("file", answers);
    fs.answer("file", error(LAST));
    start("file");
    assertThat(loop.run()).isFalse();
    return seen;
  }

  @Test
  void theFirstStatIsOnlyABaseline() {
    assertThat(reports(ok(1))).isEmpty();
    assertThat(closeCalls).isEqualTo(1);
  }

  @Test
  void aChangeIsReportedOnce() {
    assertThat(reports(ok(1), ok(1), ok(2), ok(2), ok(1))).containsExactly("ok 1->2", "ok 2->1");
  }

  @Test
  void eachErrorIsReportedOnceAndTheLastGoodStatIsKept() {
    assertThat(
            reports(
                ok(1),
                error(UvError.ENOENT),
                error(UvError.ENOENT),
                error(UvError.EACCES),
                error(UvError.EACCES),
                error(UvError.ENOENT)))
        .containsExactly("ENOENT 1->0", "EACCES 1->0", "ENOENT 1->0");
  }

  @Test
  void recoveryIsReportedThoughNothingHasChanged() {
    assertThat(reports(ok(1), error(UvError.ENOENT), ok(1), ok(1), error(UvError.ENOENT)))
        .containsExactly("ENOENT 1->0", "ok 1->1", "ENOENT 1->0");
  }

  @Test
  void recoveryFromTheFirstErrorHasZerosBefore() {
    assertThat(reports(error(UvError.ENOENT), ok(1), ok(1), ok(2)))
        .containsExactly("ENOENT 0->0", "ok 0->1", "ok 1->2");
  }

  @Test
  void zerosAreZeros() {
    FsStat known = new FsStat(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, at(1), at(2), at(3), at(4));
    List<FsStat> stats = new ArrayList<>();
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("file", error(UvError.ENOENT), ok(known), error(LAST));
    handle.start(
        "file",
        INTERVAL,
        (poll, status, prev, curr) -> {
          stats.addAll(List.of(prev, curr));
          if (status == LAST.code()) {
            poll.close();
          }
        });
    loop.run();
    FsStat zeros = new FsStat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, at(0), at(0), at(0), at(0));
    assertThat(FsStat.ZERO).isEqualTo(zeros);
    assertThat(stats).containsExactly(zeros, zeros, zeros, known, known, zeros);
  }

  private static Uv.Timespec at(long seconds) {
    return new Uv.Timespec(seconds, 0);
  }

  @Test
  void onlySomeFieldsMakeAChange() throws ReflectiveOperationException {
    Set<String> reported = new TreeSet<>();
    Set<String> silent = new TreeSet<>();
    for (RecordComponent field : FsStat.class.getRecordComponents()) {
      for (FsStat changed : changedIn(field)) {
        boolean told = !reports(ok(FsStat.ZERO), ok(changed)).isEmpty();
        (told ? reported : silent).add(field.getName());
      }
    }
    assertThat(reported)
        .containsExactlyInAnyOrder(
            "dev", "mode", "uid", "gid", "ino", "size", "flags", "gen", "mtim", "ctim", "birthtim");
    assertThat(silent).containsExactlyInAnyOrder("nlink", "rdev", "blksize", "blocks", "atim");
  }

  /** Zeros but for one field; of a time, once in the seconds and once in the nanoseconds. */
  private static List<FsStat> changedIn(RecordComponent field) throws ReflectiveOperationException {
    List<Object> values =
        field.getType() == Uv.Timespec.class
            ? List.of(new Uv.Timespec(1, 0), new Uv.Timespec(0, 1))
            : List.of(field.getType() == int.class ? (Object) 1 : (Object) 1L);
    List<FsStat> changed = new ArrayList<>();
    for (Object value : values) {
      RecordComponent[] all = FsStat.class.getRecordComponents();
      Object[] parts = new Object[all.length];
      for (int i = 0; i < all.length; i++) {
        boolean isThis = all[i].getName().equals(field.getName());
        parts[i] = isThis ? value : all[i].getAccessor().invoke(FsStat.ZERO);
      }
      Class<?>[] types = Arrays.stream(all).map(RecordComponent::getType).toArray(Class<?>[]::new);
      changed.add(FsStat.class.getDeclaredConstructor(types).newInstance(parts));
    }
    return changed;
  }

  @Test
  void theBeatIsCountedFromTheAskingAndLateAnswersSkipBeats() {
    reports(
        ok(1).after(30), // asked at 1000
        ok(1), // 1100
        ok(1).after(250), // 1200, answered at 1450
        ok(1).after(100), // 1500, answered on the beat: a whole interval to go
        ok(1).after(99), // 1700
        ok(1).after(300)); // 1800, answered at 2100
    assertThat(fs.askedAt("file")).containsExactly(1000L, 1100L, 1200L, 1500L, 1700L, 1800L, 2200L);
  }

  @Test
  void aBeatThatTheLoopIsLateForShiftsThoseAfterIt() {
    fs.answer("file", ok(1), ok(1), error(LAST));
    start("file");
    runUntilDelivered(1);
    fs.clock.advance(INTERVAL + 30);
    loop.run();
    assertThat(fs.askedAt("file")).containsExactly(1000L, 1130L, 1230L);
  }

  @Test
  void noIntervalIsOneMillisecond() {
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("file", ok(1), ok(1).after(5), ok(1), error(LAST));
    handle.start("file", 0, this::see);
    loop.run();
    assertThat(fs.askedAt("file")).containsExactly(1000L, 1001L, 1007L, 1008L);
  }

  @Test
  void theIntervalHasMoreThanTheBitsOfC() {
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("file", ok(1).after(7), error(LAST));
    handle.start("file", 1L << 33, this::see);
    loop.run();
    assertThat(fs.askedAt("file")).containsExactly(1000L, 1000 + (1L << 33));
  }

  @Test
  void theIntervalIsUnsigned() {
    FsPollHandle handle = FsPollHandle.init(loop);
    fs.answer("file", ok(1).after(7));
    handle.start("file", -1, this::see);
    runUntilDelivered(1);
    assertThat(handle.isActive()).isTrue();
    assertThat(loop.backendTimeout()).isEqualTo(Integer.MAX_VALUE);
  }
}
