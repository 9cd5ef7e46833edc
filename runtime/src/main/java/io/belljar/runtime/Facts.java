package io.belljar.runtime;

import io.belljar.linux.Capability;
import io.belljar.linux.cgroup.CgroupLayout;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.proc.ProcFs;
import io.belljar.linux.proc.ProcessStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What planning depends on besides the request. The same request and the same facts give the same
 * plan; tests use a fixed value.
 *
 * @param cgroups the cgroup hierarchies, and the launcher's own places in them
 * @param lastCapability the highest capability that the kernel knows
 * @param heldCapabilities what the launcher may do, and so can let a container do: a bit for each
 * @param kernel the running kernel
 * @param appArmor whether AppArmor confines processes
 * @param kernelCore whether there is a /proc/kcore
 * @param files what is at a path of the host
 */
public record Facts(
    CgroupLayout cgroups,
    int lastCapability,
    long heldCapabilities,
    KernelVersion kernel,
    boolean appArmor,
    boolean kernelCore,
    HostFiles files) {

  /** What only another boot changes. */
  private record Kernel(int lastCapability, KernelVersion version, boolean appArmor) {
    private static volatile Optional<Kernel> known = Optional.empty();

    /** The running one, read once; a failure is not remembered. */
    static Kernel running() {
      Kernel kernel =
          known.orElseGet(() ->
              new Kernel(
                  ProcFs.host().lastCapability(),
                  KernelVersion.parse(System.getProperty("os.version")),
                  isEnabled(Path.of("/sys/module/apparmor/parameters/enabled"))));
      known = Optional.of(kernel);
      return kernel;
    }
  }

  /**
   * The facts of this machine as the process sees it.
   *
   * @param pid the launcher
   * @throws InvalidRequestException when there is no such process
   */
  public static Facts gather(int pid) {
    return gather(ProcFs.host().status(pid).orElseThrow(() -> ended(pid)));
  }

  /** The same, of a process whose status was read before. */
  public static Facts gather(ProcessStatus status) {
    Kernel kernel = Kernel.running();
    CgroupLayout cgroups =
        CgroupLayout.detect(ProcFs.host(), status.pid(), Path.of("/"))
            .orElseThrow(() -> ended(status.pid()));
    return new Facts(
        cgroups,
        kernel.lastCapability(),
        status.capabilities().permitted(),
        kernel.version(),
        kernel.appArmor(),
        Files.exists(Path.of("/proc/kcore")),
        HostFiles.host());
  }

  private static InvalidRequestException ended(int pid) {
    return new InvalidRequestException("process " + pid + " has ended");
  }

  /** The capabilities that the kernel knows, a bit for each. */
  public long knownCapabilities() {
    return lastCapability >= 63 ? -1L : (1L << (lastCapability + 1)) - 1;
  }

  /**
   * Whether the launcher administrates its machine, or its user namespace. Who does not has to make
   * a user namespace first, and may use no control group but those that were handed to him.
   */
  public boolean isPrivileged() {
    return (heldCapabilities & Capability.CAP_SYS_ADMIN.bit()) != 0;
  }

  private static boolean isEnabled(Path parameter) {
    try {
      return Files.readString(parameter).strip().equals("Y");
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new ProcException(parameter, String.valueOf(e.getMessage()), e);
    }
  }
}
