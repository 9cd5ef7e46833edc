package io.belljar.cli;

import io.belljar.linux.cgroup.DeviceRuleException;
import io.belljar.linux.file.FileException;
import io.belljar.linux.namespace.NamespaceException;
import io.belljar.linux.proc.ProcException;
import io.belljar.linux.seccomp.LibraryMissingException;
import io.belljar.linux.seccomp.SeccompException;
import io.belljar.plan.InvalidPlan;
import io.belljar.plan.PlanTooLarge;
import io.belljar.runtime.InvalidRequestException;
import io.belljar.runtime.copy.CopyException;
import io.belljar.runtime.lifecycle.LifecycleException;
import io.belljar.runtime.lifecycle.PlanFailedException;
import io.belljar.runtime.rootfs.RootfsException;
import io.belljar.runtime.state.StateException;
import io.belljar.runtime.user.UserException;
import io.belljar.spec.json.InvalidDocumentException;
import io.belljar.toolbox.command.Refusal;
import io.belljar.toolbox.lsns.LsnsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Locale;
import java.util.Optional;

/** The failures that have a line for people; all others are errors of ours. */
public final class Failures {
  private Failures() {}

  /** The line, or empty when it is no failure that was foreseen. */
  public static Optional<String> message(RuntimeException failure) {
    return switch (failure) {
      case PlanFailedException e -> Optional.of(e.getMessage());
      case StateException e -> Optional.of(e.getMessage());
      case LibraryMissingException e -> Optional.of(e.getMessage());
      case LsnsException e -> Optional.of(e.getMessage());
      case NamespaceException e -> Optional.of(e.getMessage());
      case DeviceRuleException e -> Optional.of(e.getMessage());
      case ProcException e -> Optional.of(e.getMessage());
      case LifecycleException e -> Optional.of(e.getMessage());
      case InvalidRequestException e -> Optional.of(e.getMessage());
      case InvalidDocumentException e -> Optional.of(e.getMessage());
      case CopyException e -> Optional.of(e.getMessage());
      case FileException e -> Optional.of(e.getMessage());
      case RootfsException e -> Optional.of(e.getMessage());
      case Refusal e -> Optional.of(e.getMessage());
      case UserException e -> Optional.of(e.getMessage());
      case SeccompException e -> Optional.of(e.getMessage());
      case InvalidPlan e -> Optional.of(e.getMessage());
      case PlanTooLarge e -> Optional.of(e.getMessage());
      case InvalidPathException e -> Optional.of(e.getInput() + ": not a path");
      case UncheckedIOException e -> Optional.of(text(e.getCause()));
      default -> Optional.empty();
    };
  }

  /** An I/O failure in one line; the JDK's names the file and, for some, nothing else. */
  public static String text(IOException failure) {
    if (failure instanceof FileSystemException e && e.getReason() == null) {
      String name = e.getClass().getSimpleName().replaceAll("Exception$", "");
      return e.getFile()
          + ": "
          + name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
    return failure.getMessage();
  }
}
