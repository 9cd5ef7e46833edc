package io.belljar.toolbox.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.belljar.linux.NamespaceKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sockets of engines, and descriptors that lead out. */
final class ReachFindings {
  private static final int STANDARD = 3;

  private ReachFindings() {}

  static List<Finding> of(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    Map<String, List<SocketFact>> byOwner =
        subject.sockets().value().orElse(List.of()).stream()
            .filter(SocketFact::connectable)
            .collect(groupingBy(SocketFact::owner, LinkedHashMap::new, toList()));
    boolean said = subject.shares(NamespaceKind.MOUNT) && subject.hasHostRoot();
    if (!(said && subject.isHostRoot())) {
      byOwner.forEach((owner, sockets) -> findings.add(sockets(subject, owner, sockets)));
    }
    subject
        .descriptors()
        .value()
        .orElse(List.of())
        .forEach(descriptor -> descriptor(descriptor).ifPresent(findings::add));
    return findings;
  }

  private static Finding sockets(Subject subject, String owner, List<SocketFact> sockets) {
    boolean host = subject.hasHostRoot() || sockets.stream().anyMatch(SocketFact::ofHost);
    String first = sockets.getFirst().path();
    return new Finding(
        host ? Grade.CRITICAL : Grade.INFO,
        "socket." + owner,
        "may connect to "
            + owner
            + " at "
            + first
            + (sockets.size() > 1 ? " and " + (sockets.size() - 1) + " more sockets" : ""),
        host
            ? owner.equals("Belljar")
                ? "have it read and write files as root of the host"
                : "have it do what root can: start a privileged container on the host"
            : "control an engine that is not the host's, as far as can be told",
        new Cure("without --volume for it", "mounts: without it"));
  }

  private static Optional<Finding> descriptor(DescriptorFact descriptor) {
    String title = "descriptor " + descriptor.number() + " leads outside: " + descriptor.target();
    if (descriptor.directory()) {
      return Optional.of(
          new Finding(
              Grade.CRITICAL,
              "descriptor.directory",
              title + " (a directory)",
              "walk out of its root, to every file that its user may open",
              Cure.NONE));
    }
    boolean standard = descriptor.number() < STANDARD;
    boolean device = descriptor.target().startsWith("/dev/");
    Grade grade =
        standard ? Grade.INFO : descriptor.writable() && !device ? Grade.MEDIUM : Grade.LOW;
    return Optional.of(
        new Finding(
            grade,
            "descriptor." + descriptor.number(),
            title,
            (descriptor.writable() ? "read or write" : "read")
                + " that file"
                + (standard ? ", which it was given as a standard stream" : ""),
            standard ? new Cure("--tty, or --detach", "process.terminal: true") : Cure.NONE));
  }
}
