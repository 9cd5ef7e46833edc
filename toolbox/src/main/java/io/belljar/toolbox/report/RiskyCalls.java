package io.belljar.toolbox.report;

import java.util.List;

/**
 * System calls that few programs make and through which much of the kernel can be reached: what
 * Docker's default profile refuses, or lets pass only with a capability.
 */
final class RiskyCalls {
  static final List<String> NAMES =
      List.of(
          "add_key",
          "bpf",
          "delete_module",
          "finit_module",
          "fsmount",
          "fsopen",
          "init_module",
          "io_uring_setup",
          "kexec_file_load",
          "kexec_load",
          "keyctl",
          "mount",
          "mount_setattr",
          "move_mount",
          "open_by_handle_at",
          "open_tree",
          "perf_event_open",
          "pivot_root",
          "reboot",
          "request_key",
          "setns",
          "swapon",
          "umount2",
          "unshare",
          "userfaultfd");

  private RiskyCalls() {}
}
