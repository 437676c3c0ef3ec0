// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads and sets what a file system keeps about a file, through the attribute views it has. */
final class NioAttributes {
  private static final Set<String> VIEWS = FileSystems.getDefault().supportedFileAttributeViews();

  /** Whether there are owners, modes and inodes. */
  static final boolean UNIX = VIEWS.contains("unix");

  /*
   * Every one by its name: the JDK looks the owner's and the group's name up for unix:*, which is
   * slow, and can ask a server.
   */
  private static final String UNIX_NAMES =
      "unix:dev,mode,nlink,uid,gid,rdev,ino,size,"
          + "lastAccessTime,lastModifiedTime,ctime,creationTime";

  private static final PosixFilePermission[] PERMISSIONS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ,
  };

  /** The id that leaves an owner as it is. */
  private static final long KEEP = -1;

  /** Linux's numbers for the kinds of file systems that Java tells by name. */
  private static final Map<String, Long> FS_TYPES =
      Map.ofEntries(
          Map.entry("ext2", 0xEF53L),
          Map.entry("ext3", 0xEF53L),
          Map.entry("ext4", 0xEF53L),
          Map.entry("xfs", 0x58465342L),
          Map.entry("btrfs", 0x9123683EL),
          Map.entry("tmpfs", 0x01021994L),
          Map.entry("ramfs", 0x858458F6L),
          Map.entry("overlay", 0x794C7630L),
          Map.entry("proc", 0x9FA0L),
          Map.entry("sysfs", 0x62656572L),
          Map.entry("nfs", 0x6969L),
          Map.entry("nfs4", 0x6969L),
          Map.entry("cifs", 0xFF534D42L),
          Map.entry("vfat", 0x4D44L),
          Map.entry("f2fs", 0xF2F52010L),
          Map.entry("9p", 0x01021997L),
          Map.entry("fuse", 0x65735546L),
          Map.entry("squashfs", 0x73717368L));

  private static final Path MOUNTS = Path.of("/proc/self/mounts");

  private static final long BLOCK = 512;
  private static final long GOOD_SIZE = 4096;

  /** The JDK counts nanoseconds in a long when it sets a time: 292 years to each side of 1970. */
  private static final long MAX_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

  private static final int NANOS = 1_000_000_000;

  /** The first JDK that sets a link's nanoseconds. */
  private static final int LINK_NANOS_SINCE = 24;

  /** Whether the JDK cuts the times of links off to microseconds, as it did before 24. */
  static final boolean LINK_MICROS = UNIX && Runtime.version().feature() < LINK_NANOS_SINCE;

  private NioAttributes() {}

  /** All that is known about {@code path}. */
  static FsStat stat(Path path, LinkOption... options) throws IOException {
    return UNIX ? unixStat(path, options) : dosStat(path, options);
  }

  private static FsStat unixStat(Path path, LinkOption... options) throws IOException {
    Map<String, Object> values = Files.readAttributes(path, UNIX_NAMES, options);
    FileTime modified = time(values, "lastModifiedTime");
    FileTime changed = time(values, "ctime");
    FileTime created = time(values, "creationTime");
    long size = number(values, "size");
    Uv.Timespec ctim = timespec(changed);
    return new FsStat(
        number(values, "dev"),
        (int) number(values, "mode"),
        number(values, "nlink"),
        number(values, "uid"),
        number(values, "gid"),
        number(values, "rdev"),
        number(values, "ino"),
        size,
        GOOD_SIZE,
        (size + BLOCK - 1) / BLOCK,
        0,
        0,
        timespec(time(values, "lastAccessTime")),
        timespec(modified),
        ctim,
        isTold(created, modified) ? timespec(created) : ctim);
  }

  /**
   * But on macOS, the JDK gives the time of modification for a time of creation it does not know.
   */
  private static boolean isTold(FileTime created, FileTime modified) {
    return FsErrors.DARWIN || !created.equals(modified);
  }

  private static FsStat dosStat(Path path, LinkOption... options) throws IOException {
    DosFileAttributes values = Files.readAttributes(path, DosFileAttributes.class, options);
    int mode;
    if (values.isSymbolicLink()) {
      mode = FsStat.S_IFLNK;
    } else if (values.isDirectory()) {
      mode = FsStat.S_IFDIR;
    } else {
      mode = values.isRegularFile() ? FsStat.S_IFREG : FsStat.S_IFCHR;
    }
    mode |= values.isReadOnly() ? 0444 : 0666;
    long size = values.size();
    Uv.Timespec modified = timespec(values.lastModifiedTime());
    return new FsStat(
        0,
        mode,
        1,
        0,
        0,
        0,
        0,
        size,
        GOOD_SIZE,
        (size + BLOCK - 1) / BLOCK,
        0,
        0,
        timespec(values.lastAccessTime()),
        modified,
        modified,
        timespec(values.creationTime()));
  }

  /** The type and the permissions of {@code path}, with the bits of {@code st_mode}. */
  static int mode(Path path, LinkOption... options) throws IOException {
    return UNIX
        ? (int) number(Files.readAttributes(path, "unix:mode", options), "mode")
        : dosStat(path, options).mode();
  }

  /** Sets permissions, links followed ({@code chmod}). */
  static void setMode(Path path, int mode) throws IOException {
    if (UNIX) {
      // Unlike posix:permissions, this sets setuid, setgid and the sticky bit too.
      Files.setAttribute(path, "unix:mode", mode & 07777);
    } else {
      Files.setAttribute(path, "dos:readonly", (mode & 0200) == 0);
    }
  }

  /**
   * Sets the owner ({@code chown}), of a link itself if told not to follow it.
   *
   * @param uid -1 to leave it
   * @param gid -1 to leave it
   */
  static void setOwner(Path path, long uid, long gid, LinkOption... options) throws IOException {
    requireId(uid);
    requireId(gid);
    if (!UNIX) {
      throw new ErrnoException(UvError.ENOSYS);
    }
    // The group first: who gives a file away may not change its group any more.
    if (gid != KEEP) {
      Files.setAttribute(path, "unix:gid", (int) gid, options);
    }
    if (uid != KEEP || gid == KEEP) {
      // To keep both is a call, too: setuid and setgid are lost by it.
      Files.setAttribute(path, "unix:uid", (int) uid, options);
    }
  }

  private static void requireId(long id) throws IOException {
    if (id < KEEP || id >= 0xFFFF_FFFFL) {
      throw new ErrnoException(UvError.EINVAL);
    }
  }

  /**
   * What kind {@code entry} is, which {@code found} says is no file, directory or link. Only its
   * path leads to the rest, which may be another's meanwhile: then it cannot be told.
   */
  static DirentType typeOfOther(Path entry, BasicFileAttributes found) throws IOException {
    if (!UNIX) {
      return DirentType.ofMode(mode(entry, LinkOption.NOFOLLOW_LINKS));
    }
    Map<String, Object> now =
        Files.readAttributes(entry, "unix:mode,fileKey", LinkOption.NOFOLLOW_LINKS);
    return Objects.equals(found.fileKey(), now.get("fileKey"))
        ? DirentType.ofMode((int) number(now, "mode"))
        : DirentType.UNKNOWN;
  }

  /** All that is known about the file system of {@code path} ({@code statfs}). */
  static FsStatFs statFs(Path path) throws IOException {
    return statFs(storeOf(path));
  }

  static FsStatFs statFs(FileStore store) throws IOException {
    // Some tell none; then all is counted in bytes.
    long block = Math.max(1, store.getBlockSize());
    return new FsStatFs(
        FS_TYPES.getOrDefault(store.type(), 0L),
        block,
        block,
        store.getTotalSpace() / block,
        store.getUnallocatedSpace() / block,
        store.getUsableSpace() / block,
        0,
        0);
  }

  /** On Linux, the JDK reads the list of mounts, and does not say why it cannot. */
  private static FileStore storeOf(Path path) throws IOException {
    try {
      return Files.getFileStore(path);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      if (FsErrors.LINUX) {
        FileChannel.open(MOUNTS, StandardOpenOption.READ).close();
      }
      throw e;
    }
  }

  /** What a file or directory is to be created with; the system takes the umask off. */
  static FileAttribute<?>[] forCreation(int mode) {
    if (!VIEWS.contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < PERMISSIONS.length; bit++) {
      if ((mode & 1 << bit) != 0) {
        permissions.add(PERMISSIONS[bit]);
      }
    }
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }

  /** Adds to {@code path}, just created, those of {@code bits} that the JDK cannot create with. */
  static void addSpecialBits(Path path, int bits) throws IOException {
    if (UNIX && bits != 0) {
      setMode(path, mode(path) | bits);
    }
  }

  /** Sets the times of {@code path} ({@code uv__fs_utime}, src/unix/fs.c), or of a link. */
  static void setTimes(Path path, Uv.Timespec atime, Uv.Timespec mtime, LinkOption... options)
      throws IOException {
    FileTime now = FileTime.from(Instant.now());
    FileTime accessed = fileTime(atime, now);
    FileTime modified = fileTime(mtime, now);
    int type = mode(path, options) & FsStat.S_IFMT;
    // The JDK opens what it sets the times of. On a pipe, that would wait for a writer.
    if (type == FsStat.S_IFIFO) {
      throw new ErrnoException(UvError.ENOSYS);
    }
    BasicFileAttributeView view =
        Files.getFileAttributeView(path, BasicFileAttributeView.class, options);
    if (accessed == null && modified == null) {
      return;
    }
    if (accessed == null) {
      accessed = settable(view.readAttributes().lastAccessTime().toInstant());
    }
    if (modified == null) {
      modified = settable(view.readAttributes().lastModifiedTime().toInstant());
    }
    boolean micros = LINK_MICROS && type == FsStat.S_IFLNK;
    view.setTimes(
        micros ? roundedUp(modified) : modified, micros ? roundedUp(accessed) : accessed, null);
  }

  /** The time to set; null for none. */
  static @Nullable FileTime fileTime(Uv.Timespec time, FileTime now) throws IOException {
    if (time.equals(FsTime.OMIT)) {
      return null;
    }
    if (time.equals(FsTime.NOW)) {
      return now;
    }
    if (time.nanoseconds() < 0 || time.nanoseconds() >= NANOS || !isInRange(time)) {
      throw new ErrnoException(UvError.EINVAL);
    }
    return settable(Instant.ofEpochSecond(time.seconds(), time.nanoseconds()));
  }

  private static boolean isInRange(Uv.Timespec time) {
    long seconds = time.seconds();
    return seconds >= -MAX_SECONDS
        && (seconds < MAX_SECONDS || (seconds == MAX_SECONDS && time.nanoseconds() == 0));
  }

  /**
   * The nearest to {@code time} that the JDK sets without making 1970 of it, as it does with a time
   * before that which has nanoseconds.
   */
  private static FileTime settable(Instant time) throws IOException {
    long seconds = time.getEpochSecond();
    if (!isInRange(new Uv.Timespec(seconds, time.getNano()))) {
      throw new ErrnoException(UvError.EINVAL);
    }
    return FileTime.from(seconds < 0 ? Instant.ofEpochSecond(seconds) : time);
  }

  /** The next whole microsecond: cutting off would make a copy older than what it is a copy of. */
  static FileTime roundedUp(FileTime time) {
    long nanos = time.to(TimeUnit.NANOSECONDS);
    long beyond = Math.floorMod(nanos, 1000L);
    return beyond == 0 ? time : FileTime.from(nanos + 1000 - beyond, TimeUnit.NANOSECONDS);
  }

  private static long number(Map<String, Object> values, String name) {
    Object value = Objects.requireNonNull(values.get(name), name);
    // Ids and modes come as int, and are unsigned.
    return value instanceof Integer small ? Integer.toUnsignedLong(small) : (Long) value;
  }

  private static FileTime time(Map<String, Object> values, String name) {
    return (FileTime) Objects.requireNonNull(values.get(name), name);
  }

  private static Uv.Timespec timespec(FileTime time) {
    Instant instant = time.toInstant();
    return new Uv.Timespec(instant.getEpochSecond(), instant.getNano());
  }
}
