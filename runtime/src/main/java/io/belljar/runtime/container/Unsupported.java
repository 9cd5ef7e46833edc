package io.belljar.runtime.container;

import io.belljar.runtime.InvalidRequestException;
import io.belljar.spec.config.Config;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.Personality;
import io.belljar.spec.process.Process;

/**
 * Properties of a configuration that are understood but not carried out. A container that silently
 * lacks what its owner asked for is worse than none, so they are refused.
 */
final class Unsupported {
  private Unsupported() {}

  static void check(Config config) {
    Linux linux = config.linux();
    refuse("linux.intelRdt", linux.intelRdt().isPresent());
    refuse("linux.memoryPolicy", linux.memoryPolicy().isPresent());
    refuse("linux.netDevices", !linux.netDevices().isEmpty());
    refuse("linux.mountLabel", linux.mountLabel().isPresent());
    refuse(
        "linux.personality.flags",
        linux.personality().map(Personality::flags).filter(flags -> !flags.isEmpty()).isPresent());
  }

  static void check(Process process) {
    refuse("process.selinuxLabel", process.selinuxLabel().isPresent());
    refuse("process.scheduler", process.scheduler().isPresent());
    refuse("process.ioPriority", process.ioPriority().isPresent());
    refuse("process.execCPUAffinity", process.execCpuAffinity().isPresent());
  }

  private static void refuse(String property, boolean set) {
    if (set) {
      throw InvalidRequestException.ofConfig(property, "not supported yet");
    }
  }
}
