// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.testing.Crew;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.Watchable;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What handles are told when events are lost, on a watch service that does what it is told. */
class FsEventLossTest extends FsEventFixture {
  private final BlockingQueue<WatchKey> ready = new LinkedBlockingQueue<>();
  private final Key key = new Key();
  private final Map<Path, Key> keysOfOthers = new HashMap<>();
  private final AtomicInteger entered = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();

  @Override
  WatchPort port() {
    return new Port();
  }

  private final class Port implements WatchPort {
    private final Key end = new Key();

    @Override
    public WatchKey register(Path directory) {
      Key registered = keysOfOthers.getOrDefault(directory, key);
      registered.revive();
      return registered;
    }

    @Override
    public WatchKey take() throws InterruptedException {
      entered.incrementAndGet();
      WatchKey next = ready.take();
      if (next == end) {
        throw new ClosedWatchServiceException();
      }
      taken.incrementAndGet();
      return next;
    }

    @Override
    public void close() {
      ready.add(end);
    }
  }

  /** Gives the events that it was given. */
  private static final class Key implements WatchKey {
    private final List<WatchEvent<?>> events = new ArrayList<>();
    private boolean valid = true;
    private volatile Runnable onReset = () -> {};
    private RuntimeException broken;

    @Override
    public synchronized boolean isValid() {
      return valid;
    }

    @Override
    public synchronized List<WatchEvent<?>> pollEvents() {
      if (broken != null) {
        throw broken;
      }
      List<WatchEvent<?>> polled = List.copyOf(events);
      events.clear();
      return polled;
    }

    synchronized void revive() {
      valid = true;
    }

    synchronized void add(WatchEvent<?> event) {
      events.add(event);
    }

    synchronized void breakDown(RuntimeException thrown) {
      broken = thrown;
    }

    void onReset(Runnable task) {
      onReset = task;
    }

    @Override
    public boolean reset() {
      onReset.run();
      return isValid();
    }

    @Override
    public synchronized void cancel() {
      valid = false;
    }

    @Override
    public Watchable watchable() {
      throw new UnsupportedOperationException();
    }
  }

  private record Event<T>(WatchEvent.Kind<T> kind, T context) implements WatchEvent<T> {
    @Override
    public int count() {
      return 1;
    }
  }

  private static WatchEvent<?> modified(String name) {
    return new Event<>(StandardWatchEventKinds.ENTRY_MODIFY, Path.of(name));
  }

  private static WatchEvent<?> lost() {
    return new Event<>(StandardWatchEventKinds.OVERFLOW, null);
  }

  private void fire(WatchEvent<?>... events) {
    for (WatchEvent<?> event : events) {
      key.add(event);
    }
    ready.add(key);
  }

  /** Has the listing made, whatever the watching thread is at. */
  private FsEventHandle watchAndList(String path) {
    FsEventHandle handle = watch(path, this::note);
    FsEventHandle probe = watch(dir.toString(), this::note);
    fire(modified("probe"));
    runUntil(() -> told.contains("CHANGE probe"));
    probe.close();
    told.clear();
    return handle;
  }

  private void age(String name) throws IOException {
    Files.setLastModifiedTime(dir.resolve(name), FileTime.fromMillis(1_000_000_000_000L));
  }

  @Test
  void whatDiffersIsToldAfterTheLoss() throws IOException {
    create("same");
    create("gone");
    create("older");
    create("longer");
    create("replaced");
    watchAndList(dir.toString());
    delete("gone");
    age("older");
    touch("longer");
    create("temp");
    Files.move(dir.resolve("temp"), dir.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
    create("new");
    fire(lost());
    runUntil(() -> told.size() >= 6);
    assertThat(told.get(0)).isEqualTo("CHANGE null");
    assertThat(told)
        .containsExactlyInAnyOrder(
            "CHANGE null",
            "RENAME gone",
            "RENAME new",
            "CHANGE older",
            "CHANGE longer",
            "RENAME replaced");
    told.clear();

    // What was told once is known now.
    fire(lost(), modified("end"));
    runUntilTold("CHANGE null", "CHANGE end");
  }

  @Test
  void whatEventsHaveToldIsNoDifference() throws IOException {
    create("a");
    create("b");
    watchAndList(dir.toString());
    age("a");
    delete("b");
    create("c");
    fire(
        modified("a"),
        new Event<>(StandardWatchEventKinds.ENTRY_DELETE, Path.of("b")),
        new Event<>(StandardWatchEventKinds.ENTRY_CREATE, Path.of("c")),
        lost(),
        modified("end"));
    runUntilTold("CHANGE a", "RENAME b", "RENAME c", "CHANGE null", "CHANGE end");
  }

  /** The thread is called away from its waiting for that. */
  @Test
  void theFirstListingWaitsForNoEvent() throws IOException {
    watchAndList(dir.toString()).close();
    mkdir("sub");
    Key subs = new Key();
    keysOfOthers.put(dir.resolve("sub").toRealPath(), subs);
    int before = entered.get();
    watch(at("sub"), this::note);
    await().until(() -> entered.get() > before);
    create("sub/a");
    subs.add(lost());
    ready.add(subs);
    runUntilTold("CHANGE null", "RENAME a");
  }

  @Test
  void aSingleFileIsToldOfTheLossAndOfItself() throws IOException {
    create("file");
    watchAndList(at("file"));
    create("other");
    touch("file");
    fire(lost());
    runUntilTold("CHANGE null", "CHANGE file");
  }

  /** Somebody else who watches the directory profits from it. */
  @Test
  void theWholeDirectoryOfAFileIsListed() throws IOException {
    create("file");
    watchAndList(at("file"));
    create("other");
    watch(dir.toString(), (handle, name, events, status) -> told.add("directory " + name));
    fire(lost());
    runUntilTold("CHANGE null", "directory null", "directory other");
  }

  /** What is under the name then is another directory. */
  @Test
  void aDirectoryThatWasMovedIsNotCompared() throws IOException {
    mkdir("sub");
    create("sub/a");
    FsEventHandle handle = watch(at("sub"), this::note);
    fire(modified("probe"));
    runUntilTold("CHANGE probe");
    Files.move(dir.resolve("sub"), dir.resolve("moved"));
    fire(lost(), modified("end"));
    runUntilTold("CHANGE null", "CHANGE end");
    mkdir("sub");
    create("sub/b");
    fire(lost(), modified("end"));
    runUntilTold("CHANGE null", "CHANGE end");
    assertThat(handle.isActive()).isTrue();
  }

  @Test
  void whatCameBeforeTheDirectoryWentIsToldFirst() {
    watchAndList(dir.toString());
    key.onReset(
        () -> {
          key.add(modified("late"));
          key.cancel();
        });
    fire(modified("early"));
    runUntilTold("CHANGE early", "CHANGE late", "RENAME " + dir.getFileName());
  }

  @Test
  void whatCannotBeReadIsToldAsStatus() {
    List<String> codes = new ArrayList<>();
    watch(
        dir.toString(),
        (handle, name, events, status) -> codes.add(status + " " + events + " " + name));
    key.breakDown(new UnsupportedOperationException());
    fire();
    runUntil(() -> !codes.isEmpty());
    assertThat(codes).containsExactly(UvError.ENOSYS.code() + " 0 null");
    key.breakDown(null);
    fire(modified("a"));
    runUntil(() -> codes.size() == 2);
    assertThat(codes.get(1)).isEqualTo("0 " + FsEventHandle.CHANGE + " a");
  }

  /** The service keeps what the loop has no time for. */
  @Test
  void aBusyLoopGetsNoMoreNewsThanThereIsRoomFor() {
    watchAndList(dir.toString());
    int before = taken.get();
    fillTheRoom();
    key.add(modified("more"));
    ready.add(key);
    assertThat(taken).hasValue(before + 1);
    runUntil(() -> told.contains("CHANGE more"));
    assertThat(told).hasSize(DirectoryWatcher.ROOM + 1);
    assertThat(taken).hasValue(before + 2);
  }

  /** It was at the news of a directory while the last handle was closed. */
  @Test
  void aLoopClosesWhileItsThreadWaitsForRoom() {
    FsEventHandle handle = watchAndList(dir.toString());
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch serving = new CountDownLatch(1);
    key.onReset(
        () -> {
          serving.countDown();
          Crew.awaitLatch(closed);
        });
    fillKey();
    Crew.awaitLatch(serving);
    handle.close();
    loop.walk(
        other -> {
          if (!other.isClosing()) {
            other.close();
          }
        });
    loop.run();
    closed.countDown();
    await().until(FsEventLossTest::aThreadWaitsForRoom);
    loop.close();
    assertThat(told).isEmpty();
  }

  @Test
  void aDirectoryThatIsWatchedAnewIsListedAnew() throws IOException {
    watchAndList(dir.toString()).close();
    create("meanwhile");
    watchAndList(dir.toString());
    fire(lost(), modified("end"));
    runUntilTold("CHANGE null", "CHANGE end");
  }

  private void fillTheRoom() {
    fillKey();
    await().until(FsEventLossTest::aThreadWaitsForRoom);
  }

  private void fillKey() {
    for (int i = 0; i < DirectoryWatcher.ROOM; i++) {
      key.add(modified("a" + i));
    }
    ready.add(key);
  }

  private static boolean aThreadWaitsForRoom() {
    return Thread.getAllStackTraces().values().stream()
        .map(stack -> Arrays.stream(stack).map(StackTraceElement::getMethodName).toList())
        .anyMatch(methods -> methods.containsAll(List.of("awaitRoom", "await")));
  }

  @Test
  void aServiceThatCannotBeOpenedOrIsFullIsTold() throws IOException {
    IOException instances =
        new IOException("User limit of inotify instances reached or too many open files");
    LoopOptions options =
        new LoopOptions()
            .with(FsEventBackendProvider.OF_LOOP, FsEventBackendProvider.nio())
            .with(
                NioFsEvents.PORT,
                () -> {
                  throw instances;
                });
    try (Loop other = Loop.open(options)) {
      FsEventHandle handle = FsEventHandle.init(other);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> handle.start(dir.toString(), this::note))
            .hasMessageStartingWith("EMFILE")
            .hasMessageContaining("uv_fs_event_start '" + dir)
            .hasRootCause(instances);
        assertThat(handle.isActive()).isFalse();
      }
      handle.close();
      other.run();
      ByteArrayOutputStream left = new ByteArrayOutputStream();
      other.printAllHandles(new PrintStream(left, true, UTF_8));
      // The one that news would come by, not one more for each failure.
      assertThat(left.toString(UTF_8)).startsWith("[-AI] async").hasLineCount(1);
    }
  }
}
