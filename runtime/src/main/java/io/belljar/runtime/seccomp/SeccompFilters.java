package io.belljar.runtime.seccomp;

import io.belljar.linux.seccomp.ArgumentCondition;
import io.belljar.linux.seccomp.Comparison;
import io.belljar.linux.seccomp.CompiledFilter;
import io.belljar.linux.seccomp.FilterDescription;
import io.belljar.linux.seccomp.LibraryMissingException;
import io.belljar.linux.seccomp.SeccompAction;
import io.belljar.linux.seccomp.SeccompCompiler;
import io.belljar.linux.seccomp.SeccompException;
import io.belljar.linux.seccomp.SyscallRule;
import io.belljar.plan.Bytes;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompFlag;
import io.belljar.spec.seccomp.Syscall;
import io.belljar.spec.seccomp.SyscallArgument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * From {@code linux.seccomp} to the program that the kernel runs.
 *
 * <p>Compiling takes libseccomp some milliseconds, and far more when it is the first call into it,
 * so what is compiled is kept: in memory, and in a directory across planners. One object serves
 * every request; safe for use by several threads.
 */
public final class SeccompFilters {
  /** More different profiles than this in one planner's life are not worth their memory. */
  private static final int MOST_KEPT = 64;

  /** Docker's default profile has about 450; the kernel takes no more instructions than this. */
  private static final int MOST_RULES = 4096;

  /** Compiling keeps a processor busy, and takes memory that grows with the profile. */
  private static final Turnstile COMPILING = new Turnstile(2);

  private final Map<Seccomp, CallFilter> known = new ConcurrentHashMap<>();
  private final Optional<FilterCache> cache;

  /**
   * @param directory where compiled filters are kept, made when it is needed; empty: only in memory
   */
  public SeccompFilters(Optional<Path> directory) {
    this.cache = directory.map(FilterCache::new);
  }

  /**
   * The filter of a profile.
   *
   * @throws InvalidRequestException when it cannot be compiled, or not on this machine
   */
  public CallFilter compile(Seccomp profile) {
    CallFilter filter = known.get(profile);
    if (filter == null) {
      filter = load(profile);
      if (known.size() >= MOST_KEPT) {
        known.clear();
      }
      known.put(profile, filter);
    }
    return filter;
  }

  private CallFilter load(Seccomp profile) {
    checkSupported(profile);
    Optional<CallFilter> kept = cache.flatMap(files -> files.read(profile));
    if (kept.isPresent()) {
      return kept.get();
    }
    CallFilter filter = COMPILING.run(() -> compileNow(profile));
    cache.ifPresent(files -> files.write(profile, filter));
    return filter;
  }

  private static void checkSupported(Seccomp profile) {
    if (profile.listenerPath().isPresent()) {
      throw InvalidRequestException.ofConfig(
          "linux.seccomp.listenerPath", "agents for system calls are not supported yet");
    }
    if (profile.notifies()) {
      throw InvalidRequestException.ofConfig(
          "linux.seccomp.syscalls",
          "SCMP_ACT_NOTIFY: agents for system calls are not supported yet");
    }
    long size = profile.syscalls().stream().mapToLong(SeccompFilters::size).sum();
    if (size > MOST_RULES) {
      throw InvalidRequestException.ofConfig(
          "linux.seccomp.syscalls",
          "%d rules, one for each name and condition, are more than %d"
              .formatted(size, MOST_RULES));
    }
  }

  private static long size(Syscall rule) {
    return (long) rule.names().size() * Math.max(1, rule.args().size());
  }

  private static CallFilter compileNow(Seccomp profile) {
    try {
      CompiledFilter compiled = SeccompCompiler.compile(describe(profile));
      byte[] program = compiled.program();
      if (SocketcallGuard.isNeeded(profile)) {
        program = SocketcallGuard.before(program, profile);
      }
      return new CallFilter(Bytes.of(program), compiled.flags());
    } catch (SeccompException | LibraryMissingException e) {
      throw new InvalidRequestException("config.json: linux.seccomp: " + e.getMessage(), e);
    }
  }

  private static FilterDescription describe(Seccomp profile) {
    List<String> flags = profile.flags().stream().map(SeccompFlag::name).toList();
    return new FilterDescription(
        action(profile.defaultAction()),
        profile.defaultErrnoRet(),
        profile.architectures().stream().map(Enum::name).toList(),
        flags.isEmpty() ? Optional.empty() : Optional.of(flags),
        profile.syscalls().stream().map(SeccompFilters::rule).toList());
  }

  private static SyscallRule rule(Syscall rule) {
    return new SyscallRule(
        rule.names(),
        action(rule.action()),
        rule.errnoRet(),
        rule.args().stream().map(SeccompFilters::condition).toList());
  }

  private static SeccompAction action(io.belljar.spec.seccomp.SeccompAction action) {
    return SeccompAction.ofOciName(action.name()).orElseThrow();
  }

  private static ArgumentCondition condition(SyscallArgument argument) {
    return new ArgumentCondition(
        argument.index(),
        argument.value(),
        argument.valueTwo(),
        Comparison.ofOciName(argument.op().name()).orElseThrow());
  }
}
