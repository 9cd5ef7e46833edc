package io.belljar.toolbox.command;

import io.belljar.linux.NamespaceKind;
import java.util.List;

/** The order in which util-linux's tools go through the kinds of namespaces. */
public final class KindOrder {
  /** All kinds; a caller with privileges enters the user namespace last nevertheless. */
  public static final List<NamespaceKind> KINDS =
      List.of(
          NamespaceKind.USER,
          NamespaceKind.CGROUP,
          NamespaceKind.IPC,
          NamespaceKind.UTS,
          NamespaceKind.NETWORK,
          NamespaceKind.PID,
          NamespaceKind.MOUNT,
          NamespaceKind.TIME);

  private KindOrder() {}
}
