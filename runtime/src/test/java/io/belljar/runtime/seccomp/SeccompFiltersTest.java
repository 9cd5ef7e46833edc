package io.belljar.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.SeccompOperator;
import io.belljar.spec.seccomp.Syscall;
import io.belljar.spec.seccomp.SyscallArgument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SeccompFiltersTest {
  private static Syscall rule(int names, int conditions) {
    SyscallArgument condition = new SyscallArgument(0, 1, 0, SeccompOperator.SCMP_CMP_EQ);
    return new Syscall(
        Collections.nCopies(names, "read"),
        SeccompAction.SCMP_ACT_ALLOW,
        OptionalInt.empty(),
        Collections.nCopies(conditions, condition));
  }

  @Test
  void refusesAProfileThatWouldKeepTheCompilerBusy() {
    Seccomp profile =
        Seccomp.of(
            SeccompAction.SCMP_ACT_ERRNO,
            OptionalInt.empty(),
            Set.of(),
            List.of(rule(1, 0), rule(1024, 4)));
    assertThatThrownBy(() -> new SeccompFilters(Optional.empty()).compile(profile))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage(
            "config.json: linux.seccomp.syscalls: 4097 rules, one for each name and condition, are"
                + " more than 4096");
  }

  @Test
  void letsOnlyAFewThreadsIn() throws InterruptedException {
    Turnstile turnstile = new Turnstile(2);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() ->
                  turnstile.run(() -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    LockSupport.parkNanos(1_000_000);
                    return inside.decrementAndGet();
                  })));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most.get()).isBetween(1, 2);
    assertThat(inside.get()).isZero();
  }
}
