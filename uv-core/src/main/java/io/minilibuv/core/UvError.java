// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All errors that libuv knows, with their numbers, names and messages ({@code uv_errno_t}, {@code
 * UV_ERRNO_MAP}, include/uv.h and include/uv/errno.h). The constants are named and ordered as in C,
 * without the {@code UV_}.
 *
 * <p>A code is a negative {@code int}. On Linux and macOS it is the system's own {@code errno},
 * negated, so the same error has different codes on the two; compare with {@link #code()}, never
 * with a number. Elsewhere, and for an error that the system does not have, it is libuv's own
 * number (-40xx). Only {@link #EOF}, {@link #UNKNOWN} and the {@code EAI_} family have one code
 * everywhere.
 *
 * <p>Errors reach callbacks as codes, and callers of a method as an {@link UvException}.
 *
 * <p>The messages are this port's own, in the words of POSIX where it has some. Any thread may call
 * everything here.
 */
@AnyThread
public enum UvError {
  E2BIG(7, 7, 4093, "argument list too long"),
  EACCES(13, 13, 4092, "permission denied"),
  EADDRINUSE(98, 48, 4091, "address in use"),
  EADDRNOTAVAIL(99, 49, 4090, "cannot assign that address"),
  EAFNOSUPPORT(97, 47, 4089, "address family not supported by protocol"),
  EAGAIN(11, 35, 4088, "resource unavailable, try again"),
  EAI_ADDRFAMILY(3000, "host has no address of the wanted family"),
  EAI_AGAIN(3001, "name cannot be resolved for now"),
  EAI_BADFLAGS(3002, "invalid flags for a name lookup"),
  EAI_BADHINTS(3013, "invalid hints for a name lookup"),
  EAI_CANCELED(3003, "name lookup canceled"),
  EAI_FAIL(3004, "name cannot be resolved"),
  EAI_FAMILY(3005, "address family not supported by name lookup"),
  EAI_MEMORY(3006, "not enough memory for a name lookup"),
  EAI_NODATA(3007, "name has no address"),
  EAI_NONAME(3008, "name or service not known"),
  EAI_OVERFLOW(3009, "name does not fit into its buffer"),
  EAI_PROTOCOL(3014, "protocol not known to name lookup"),
  EAI_SERVICE(3010, "service not offered for that socket type"),
  EAI_SOCKTYPE(3011, "socket type not supported by name lookup"),
  EALREADY(114, 37, 4084, "operation already in progress"),
  EBADF(9, 9, 4083, "bad file descriptor"),
  EBUSY(16, 16, 4082, "device or resource busy"),
  ECANCELED(125, 89, 4081, "canceled"),
  ECHARSET(0, 0, 4080, "text is not valid unicode"),
  ECONNABORTED(103, 53, 4079, "connection aborted"),
  ECONNREFUSED(111, 61, 4078, "connection refused"),
  ECONNRESET(104, 54, 4077, "connection reset"),
  EDESTADDRREQ(89, 39, 4076, "destination address required"),
  EEXIST(17, 17, 4075, "file exists"),
  EFAULT(14, 14, 4074, "bad address"),
  EFBIG(27, 27, 4036, "file too large"),
  EHOSTUNREACH(113, 65, 4073, "no route to host"),
  EINTR(4, 4, 4072, "interrupted function call"),
  EINVAL(22, 22, 4071, "invalid argument"),
  EIO(5, 5, 4070, "input/output error"),
  EISCONN(106, 56, 4069, "socket is connected"),
  EISDIR(21, 21, 4068, "is a directory"),
  ELOOP(40, 62, 4067, "too many levels of symbolic links"),
  EMFILE(24, 24, 4066, "too many open files"),
  EMSGSIZE(90, 40, 4065, "message too large"),
  ENAMETOOLONG(36, 63, 4064, "filename too long"),
  ENETDOWN(100, 50, 4063, "network is down"),
  ENETUNREACH(101, 51, 4062, "network unreachable"),
  ENFILE(23, 23, 4061, "too many open files in system"),
  ENOBUFS(105, 55, 4060, "no buffer space left"),
  ENODEV(19, 19, 4059, "no such device"),
  ENOENT(2, 2, 4058, "no such file or directory"),
  ENOMEM(12, 12, 4057, "cannot allocate memory"),
  ENONET(64, 0, 4056, "no network on this machine"),
  ENOPROTOOPT(92, 42, 4035, "protocol option not available"),
  ENOSPC(28, 28, 4055, "no space left on device"),
  ENOSYS(38, 78, 4054, "function not supported"),
  ENOTCONN(107, 57, 4053, "socket not connected"),
  ENOTDIR(20, 20, 4052, "not a directory"),
  ENOTEMPTY(39, 66, 4051, "directory not empty"),
  ENOTSOCK(88, 38, 4050, "not a socket"),
  ENOTSUP(95, 45, 4049, "not supported"),
  EOVERFLOW(75, 84, 4026, "value too large for its data type"),
  EPERM(1, 1, 4048, "operation not permitted"),
  EPIPE(32, 32, 4047, "broken pipe"),
  EPROTO(71, 100, 4046, "protocol error"),
  EPROTONOSUPPORT(93, 43, 4045, "protocol not supported"),
  EPROTOTYPE(91, 41, 4044, "wrong protocol type for socket"),
  ERANGE(34, 34, 4034, "result out of range"),
  EROFS(30, 30, 4043, "read-only file system"),
  ESHUTDOWN(108, 58, 4042, "cannot send after shutdown"),
  ESPIPE(29, 29, 4041, "file cannot seek"),
  ESRCH(3, 3, 4040, "no such process"),
  ETIMEDOUT(110, 60, 4039, "timed out"),
  ETXTBSY(26, 26, 4038, "text file busy"),
  EXDEV(18, 18, 4037, "cross-device link"),
  UNKNOWN(4094, "unknown error"),
  EOF(4095, "end of file"),
  ENXIO(6, 6, 4033, "no such device or address"),
  EMLINK(31, 31, 4032, "too many links"),
  EHOSTDOWN(112, 64, 4031, "host is down"),
  EREMOTEIO(121, 0, 4030, "input/output error on the remote side"),
  ENOTTY(25, 25, 4029, "inappropriate i/o control operation"),
  EFTYPE(0, 79, 4028, "wrong type or format of file"),
  EILSEQ(84, 92, 4027, "illegal byte sequence"),
  ESOCKTNOSUPPORT(94, 44, 4025, "socket type not supported"),
  ENODATA(61, 96, 4024, "no data available"),
  EUNATCH(49, 0, 4023, "no protocol driver attached"),
  ENOEXEC(8, 8, 4022, "executable file format error");

  /** Whose numbers are in force: which column of the table above. */
  enum Platform {
    /** The numbers of x86, ARM, RISC-V, POWER and s390; MIPS, SPARC and Alpha have others. */
    LINUX,
    DARWIN,
    /** Windows, and every system whose own numbers are not held here: libuv's numbers only. */
    OTHER;

    static final Platform CURRENT = of(System.getProperty("os.name", ""));

    static Platform of(String osName) {
      String name = osName.toLowerCase(Locale.ROOT);
      if (name.startsWith("linux")) {
        return LINUX;
      }
      return name.startsWith("mac") || name.startsWith("darwin") ? DARWIN : OTHER;
    }
  }

  private static final int LARGEST = 4095;
  private static final @Nullable UvError[] BY_NUMBER = byNumber();

  private final int linux;
  private final int darwin;
  private final int own;
  private final int code;
  private final String message;

  /** An error with one number everywhere. */
  UvError(int own, String message) {
    this(0, 0, own, message);
  }

  /** An error of the system: {@code linux} or {@code darwin} is 0 where that one has none. */
  UvError(int linux, int darwin, int own, String message) {
    this.linux = linux;
    this.darwin = darwin;
    this.own = own;
    this.message = message;
    this.code = codeOn(Platform.CURRENT);
  }

  private static @Nullable UvError[] byNumber() {
    @Nullable UvError[] table = new @Nullable UvError[LARGEST + 1];
    for (UvError error : values()) {
      table[-error.code] = error;
    }
    return table;
  }

  /** The code of this error on this system, always negative ({@code UV_ENOENT} and so on). */
  public int code() {
    return code;
  }

  int codeOn(Platform platform) {
    int errno =
        switch (platform) {
          case LINUX -> linux;
          case DARWIN -> darwin;
          case OTHER -> 0;
        };
    return errno != 0 ? -errno : -own;
  }

  /** The name of this error, such as {@code ENOENT} ({@code uv_err_name}, src/uv-common.c). */
  public String errName() {
    return name();
  }

  /** What this error means, as a phrase in lower case ({@code uv_strerror}, src/uv-common.c). */
  public String message() {
    return message;
  }

  /** The error that has this code here, or null: 0, a positive number, an unknown one. */
  public static @Nullable UvError ofCode(int code) {
    return code < 0 && code >= -LARGEST ? BY_NUMBER[-code] : null;
  }

  /**
   * The name of the error with this code ({@code uv_err_name}, src/uv-common.c), or {@code Unknown
   * system error N}. The same answers {@code uv_err_name_r}, which differs only in who owns the
   * memory.
   */
  public static String errName(int code) {
    UvError error = ofCode(code);
    return error != null ? error.errName() : unknown(code);
  }

  /**
   * The message of the error with this code ({@code uv_strerror}, src/uv-common.c), or {@code
   * Unknown system error N}; 0 is unknown too. The same answers {@code uv_strerror_r}, which
   * differs only in who owns the memory.
   */
  public static String strerror(int code) {
    UvError error = ofCode(code);
    return error != null ? error.message() : unknown(code);
  }

  private static String unknown(int code) {
    return "Unknown system error " + code;
  }

  /**
   * The code for an error number of this system ({@code uv_translate_sys_error}, src/unix/core.c
   * and src/win/error.c). What is not positive is a code already, and is returned as it is.
   *
   * <p>On Linux and macOS the code is the negated number, also for a number that has no {@code
   * UvError}.
   *
   * <p>Differs from C: on Windows every number becomes {@link #UNKNOWN}. Java hands out no such
   * numbers there, so there is no table of them.
   */
  public static int translateSysError(int errno) {
    return translateSysError(Platform.CURRENT, errno);
  }

  static int translateSysError(Platform platform, int errno) {
    if (errno <= 0) {
      return errno;
    }
    return platform == Platform.OTHER ? UNKNOWN.code : -errno;
  }

  /** An exception for this error, to be thrown by {@code call}, such as {@code uv_poll_init}. */
  public UvException exception(String call) {
    return exception(call, null);
  }

  /** An exception for this error, to be thrown by {@code call}, which was about {@code path}. */
  public UvException exception(String call, @Nullable String path) {
    return new UvException(code, call, path);
  }

  /**
   * Returns what is a result, and throws what is an error.
   *
   * @param status what {@code call} answered: a result if it is 0 or more, else a code
   * @throws UvException with that code
   */
  public static int orThrow(int status, String call) {
    Objects.requireNonNull(call, "call");
    if (status < 0) {
      throw new UvException(status, call, null);
    }
    return status;
  }

  /**
   * Returns what is a result, and throws what is an error. The same as {@link #orThrow(int,
   * String)}, for results such as sizes that need more bits.
   *
   * @throws UvException with that code; a number below all {@code int}s becomes the least of them
   */
  public static long orThrow(long status, String call) {
    Objects.requireNonNull(call, "call");
    if (status < 0) {
      throw new UvException((int) Math.max(status, Integer.MIN_VALUE), call, null);
    }
    return status;
  }
}
