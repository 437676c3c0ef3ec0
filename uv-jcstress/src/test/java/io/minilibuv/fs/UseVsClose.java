// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.fs.TableUnderTest.Probe;
import io.minilibuv.stress.Meeting;
import java.nio.ByteBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * One thread uses a descriptor while another closes it and opens something else, which gets the
 * number: the first finds the old file or the new one, open as long as it uses it.
 */
@Outcome(
    id = {"old", "new", "none"},
    expect = Expect.ACCEPTABLE,
    desc = "What was found stayed open, and was closed once in the end.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A file was closed in use, twice, or never.")
public class UseVsClose {

  abstract static class Race {
    private final Meeting meeting = new Meeting();
    private final TableUnderTest table;
    private final Probe before = new Probe();
    private final Probe after = new Probe();
    private final int fd;
    private String found = "";

    Race(TableUnderTest table) {
      this.table = table;
      fd = table.add(before);
    }

    void use() {
      meeting.meet(60);
      OpenFile file = table.acquire(fd);
      if (file == null) {
        found = "none";
        return;
      }
      long closed = ((Probe) file).read(new ByteBuffer[0], 0);
      found = closed > 0 ? "closed in use" : file == before ? "old" : "new";
      table.release(file);
    }

    void closeAndOpen() {
      meeting.meet(60);
      table.close(fd);
      if (table.add(after) != fd) {
        throw new IllegalStateException("the lowest number was free");
      }
    }

    String outcome() {
      table.close(fd);
      boolean once = before.timesClosed() == 1 && after.timesClosed() == 1;
      return once ? found : "closed " + before.timesClosed() + ", " + after.timesClosed();
    }
  }

  /** The real table. */
  @JCStressTest
  @JCStressMeta(UseVsClose.class)
  @State
  public static class Real extends Race {
    public Real() {
      super(TableUnderTest.real());
    }

    @Actor
    public void user() {
      use();
    }

    @Actor
    public void closer() {
      closeAndOpen();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link TableUnderTest#closingUnderUse}. */
  @JCStressTest
  @JCStressMeta(UseVsClose.class)
  @State
  public static class FlawClosesUnderUse extends Race {
    public FlawClosesUnderUse() {
      super(TableUnderTest.closingUnderUse());
    }

    @Actor
    public void user() {
      use();
    }

    @Actor
    public void closer() {
      closeAndOpen();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }

  /** {@link TableUnderTest#holdingTooLate}. */
  @JCStressTest
  @JCStressMeta(UseVsClose.class)
  @State
  public static class FlawHoldsTooLate extends Race {
    public FlawHoldsTooLate() {
      super(TableUnderTest.holdingTooLate());
    }

    @Actor
    public void user() {
      use();
    }

    @Actor
    public void closer() {
      closeAndOpen();
    }

    @Arbiter
    public void arbiter(L_Result r) {
      r.r1 = outcome();
    }
  }
}
