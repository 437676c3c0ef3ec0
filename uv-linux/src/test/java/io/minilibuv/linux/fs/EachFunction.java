// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.COPYFILE_FICLONE;
import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;
import io.minilibuv.fs.TempFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A program that calls each function of the file system in a folder, for its system calls to be
 * seen. Before each it asks for a file that is not there and has the function's name after {@link
 * #MARK}.
 */
final class EachFunction {
  /** What stands in a trace where a function begins. */
  static final String MARK = "mark: ";

  /** What is in the place of a function where what follows is not to be looked at. */
  static final String ASIDE = "aside";

  /** The second time no class is loaded any more, and no function of the C library looked for. */
  static final int TIMES = 2;

  /** More buffers than one system call takes. */
  private static final int MANY = 1500;

  private final String folder;

  private EachFunction(String folder) {
    this.folder = folder;
  }

  /** Prints the backend's name, and the descriptors that the JVM has for itself. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(FsBackend.system().name());
    for (int i = 1; i <= TIMES; i++) {
      if (i == TIMES) {
        System.out.println(descriptors());
      }
      Path folder = Files.createDirectory(Path.of(arguments[0], String.valueOf(i)));
      new EachFunction(folder + "/").callAll();
    }
  }

  private static String descriptors() throws IOException {
    List<Path> open;
    try (Stream<Path> listed = Files.list(Path.of("/proc/self/fd"))) {
      open = listed.toList();
    }
    // What they were listed by is closed by now.
    return open.stream()
        .filter(link -> Files.exists(link, LinkOption.NOFOLLOW_LINKS))
        .map(link -> link.getFileName().toString())
        .collect(Collectors.joining(" "));
  }

  private void callAll() {
    callOnFile();
    callOnPaths();
    callOnDirectories();
    mark(ASIDE);
  }

  private static void mark(String function) {
    FsBackend.system().access(MARK + function, 0);
  }

  private String at(String name) {
    return folder + name;
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  private static ByteBuffer[] buffers(int count, int size) {
    return IntStream.range(0, count)
        .mapToObj(i -> ByteBuffer.allocate(size))
        .toArray(ByteBuffer[]::new);
  }

  private void callOnFile() {
    mark("open");
    int fd = Fs.open(at("file"), O_RDWR | O_CREAT | O_TRUNC, 0600);
    transfer(fd);
    mark("fstat");
    Fs.fstat(fd);
    mark("ftruncate");
    Fs.ftruncate(fd, 10);
    mark("fsync");
    Fs.fsync(fd);
    mark("fdatasync");
    Fs.fdatasync(fd);
    mark("fchmod");
    Fs.fchmod(fd, 0640);
    mark("fchown");
    Fs.fchown(fd, -1, -1);
    mark("futime");
    Fs.futime(fd, 12.5, Double.POSITIVE_INFINITY);
    mark(ASIDE);
    int out = Fs.open(at("out"), O_RDWR | O_CREAT, 0600);
    mark("sendfile");
    Fs.sendfile(out, fd, 2, 8);
    mark(ASIDE);
    Fs.close(out);
    mark("close");
    Fs.close(fd);
  }

  private void transfer(int fd) {
    mark("write");
    Fs.write(fd, bytes("hello"), -1);
    mark("write at");
    Fs.write(fd, bytes("hello"), 7);
    mark("write several");
    Fs.write(fd, new ByteBuffer[] {bytes("ab"), bytes("cde")}, -1);
    mark("write several at");
    Fs.write(fd, new ByteBuffer[] {bytes("ab"), bytes("cde")}, 3);
    mark("write many");
    Fs.write(fd, buffers(MANY, 2), -1);
    mark("write many at");
    Fs.write(fd, buffers(MANY, 2), 5);
    mark("read at");
    Fs.read(fd, ByteBuffer.allocate(4), 0);
    mark("read direct at");
    Fs.read(fd, ByteBuffer.allocateDirect(4), 1);
    mark("read several at");
    Fs.read(fd, buffers(2, 3), 2);
    mark("read many at");
    Fs.read(fd, buffers(MANY, 1), 3);
    mark(ASIDE);
    int again = Fs.open(at("file"), O_RDWR | O_APPEND, 0);
    mark("read");
    Fs.read(again, ByteBuffer.allocate(4), -1);
    mark("read several");
    Fs.read(again, buffers(2, 3), -1);
    mark("read many");
    Fs.read(again, buffers(MANY, 1), -1);
    mark(ASIDE);
    Fs.close(again);
  }

  private void callOnPaths() {
    String file = at("file");
    mark("stat");
    Fs.stat(file);
    mark("lstat");
    Fs.lstat(file);
    mark("statfs");
    Fs.statfs(file);
    mark("access");
    Fs.access(file, 4);
    mark("chmod");
    Fs.chmod(file, 0600);
    mark("chown");
    Fs.chown(file, -1, -1);
    mark("lchown");
    Fs.lchown(file, -1, -1);
    mark("utime");
    Fs.utime(file, 12.25, Double.NaN);
    mark("lutime");
    Fs.lutime(file, 1, 2);
    mark("symlink");
    Fs.symlink("file", at("symbolic"));
    mark("readlink");
    Fs.readlink(at("symbolic"));
    mark("realpath");
    Fs.realpath(at("symbolic"));
    mark("link");
    Fs.link(file, at("hard"));
    mark("rename");
    Fs.rename(at("hard"), at("renamed"));
    mark("unlink");
    Fs.unlink(at("renamed"));
    mark("copyfile");
    Fs.copyfile(file, at("copy"), 0);
    mark("copyfile over");
    Fs.copyfile(file, at("copy"), COPYFILE_FICLONE);
    mark("copyfile exclusive");
    Fs.copyfile(file, at("other"), COPYFILE_EXCL);
    mark("mkstemp");
    TempFile made = Fs.mkstemp(at("fileXXXXXX"));
    mark(ASIDE);
    Fs.close(made.fd());
    Fs.unlink(made.path());
  }

  private void callOnDirectories() {
    mark("mkdir");
    Fs.mkdir(at("directory"), 0755);
    mark("rmdir");
    Fs.rmdir(at("directory"));
    mark("mkdtemp");
    Fs.mkdtemp(at("folderXXXXXX"));
    mark("scandir");
    Fs.scandir(folder);
    mark("opendir");
    FsDir opened = Fs.opendir(folder);
    mark("readdir");
    Fs.readdir(opened, 2);
    mark("readdir, from memory");
    Fs.readdir(opened, 2);
    mark("readdir, to the end");
    Fs.readdir(opened, 100);
    mark("closedir");
    Fs.closedir(opened);
  }
}
