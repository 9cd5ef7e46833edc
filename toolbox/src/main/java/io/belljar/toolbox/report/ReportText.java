package io.belljar.toolbox.report;

import io.belljar.linux.Capability;
import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.proc.ProcessStatus;
import io.belljar.toolbox.page.Page;
import io.belljar.toolbox.page.Page.Colour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A report for people: the grade first, then what was found, then all that was read. */
public final class ReportText {
  private static final Pattern LONG_ID = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");
  private static final int COLUMN = 14;
  private static final int MOST_COMMAND = 60;
  private static final int MOST_SHOWN = 12;

  private final Report report;
  private final Subject subject;
  private final Page page;

  private ReportText(Report report, Page page) {
    this.report = report;
    this.subject = report.subject();
    this.page = page;
  }

  /** The report on this page. */
  public static String of(Report report, Page page) {
    return new ReportText(report, page).write();
  }

  private String write() {
    summary();
    page.section("Findings");
    if (report.findings().isEmpty()) {
      page.line("  none", Colour.GREEN);
    }
    report.findings().forEach(this::finding);
    namespaces();
    privileges();
    calls();
    files();
    limits();
    return page.text();
  }

  private void summary() {
    Grade grade = report.grade();
    String command = subject.command();
    page.line(
        "Isolation of process %d: %s"
            .formatted(
                subject.pid(),
                command.length() > MOST_COMMAND
                    ? command.substring(0, MOST_COMMAND) + "..."
                    : command),
        Colour.BOLD);
    page.line(
        "Grade %c  %s%s"
            .formatted(
                grade.letter(), report.isProvisional() ? "(provisional) " : "", grade.verdict()),
        colour(grade));
    page.line(
        Arrays.stream(Grade.values())
            .map(each -> report.count(each) + " " + each.word())
            .collect(Collectors.joining(", ")),
        Colour.PLAIN);
    if (report.isProvisional()) {
      page.line(
          "Note: the grade is provisional: it cannot be told or read from here: "
              + String.join(", ", subject.notKnown())
              + ". Run as root to read more.",
          Colour.YELLOW);
    }
    subject.viewpoint().forEach(note -> page.line("Note: " + note, Colour.YELLOW));
  }

  private static Colour colour(Grade grade) {
    return switch (grade) {
      case CRITICAL, HIGH -> Colour.RED;
      case MEDIUM -> Colour.YELLOW;
      case LOW -> Colour.PLAIN;
      case INFO -> Colour.DIM;
    };
  }

  private void finding(Finding finding) {
    int column = 10;
    page.row(2, finding.grade().word(), column, brief(finding.title()), colour(finding.grade()));
    if (finding.grade() == Grade.INFO) {
      return; // the title says it
    }
    page.row(2 + column, "allows:", 8, finding.allows(), Colour.DIM);
    List<String> cures = new ArrayList<>();
    if (!finding.cure().option().isEmpty()) {
      cures.add("run " + finding.cure().option());
    }
    if (!finding.cure().property().isEmpty()) {
      cures.add("config.json " + finding.cure().property());
    }
    if (!finding.cure().advice().isEmpty()) {
      cures.add(finding.cure().advice());
    }
    if (!cures.isEmpty()) {
      page.row(2 + column, "cure:", 8, brief(String.join("; ", cures)), Colour.DIM);
    }
  }

  /** Ids of containers are long, and their beginnings tell them apart. */
  private static String brief(String text) {
    return LONG_ID.matcher(text).replaceAll("$1...");
  }

  private void row(String name, String text) {
    page.row(2, name, COLUMN, brief(text), Colour.PLAIN);
  }

  private void namespaces() {
    page.section("Namespaces");
    for (NamespaceFact fact : subject.namespaces()) {
      String whose =
          switch (fact.sharing()) {
            case HOST -> "host's";
            case OWN -> "own   ";
            case UNKNOWN -> "?     ";
          };
      row(fact.kind().ociName(), whose + "  " + fact.id());
    }
    row("root", subject.root().describe(path -> path));
    row(
        "users",
        switch (subject.sharing(NamespaceKind.USER)) {
          case HOST -> "the host's own";
          case OWN -> subject.uidMap().describe(ReportText::mappings);
          case UNKNOWN -> "cannot be told";
        });
  }

  private static String mappings(List<IdMapping> mappings) {
    return mappings.isEmpty()
        ? "none written"
        : mappings.stream()
            .map(m ->
                "%d to %d are the host's %d to %d"
                    .formatted(
                        m.inside(),
                        m.inside() + m.length() - 1,
                        m.outside(),
                        m.outside() + m.length() - 1))
            .collect(Collectors.joining("; "));
  }

  private void privileges() {
    ProcessStatus status = subject.status();
    page.section("Privileges");
    long uid = status.uids().get(1);
    row("user", uid + (uid == 0 ? " (root of the host)" : "") + ", group " + status.gids().get(1));
    ProcessStatus.Capabilities sets = status.capabilities();
    row("effective", capabilities(sets.effective()));
    row(
        "permitted",
        sets.permitted() == sets.effective() ? "the same" : capabilities(sets.permitted()));
    row(
        "bounding",
        sets.bounding() == sets.effective() ? "the same" : capabilities(sets.bounding()));
    row("ambient", capabilities(sets.ambient()));
    row(
        "count on",
        switch (subject.sharing(NamespaceKind.USER)) {
          case HOST -> "the host";
          case OWN -> "its own user namespace only";
          case UNKNOWN -> "cannot be told";
        });
    row("no_new_privs", status.noNewPrivileges() ? "yes" : "no");
    Confinement confinement = subject.confinement();
    row("LSM label", confinement.label().orElse("none"));
    row("LSMs active", confinement.modules().describe(names -> String.join(", ", names)));
    row(
        "dumpable",
        confinement.dumpable().map(yes -> yes ? "yes" : "no").orElse("cannot be told for root")
            + (confinement.ptraceScope().isPresent()
                ? ", kernel.yama.ptrace_scope is " + confinement.ptraceScope().getAsInt()
                : ""));
  }

  /** All, all but a few, or the few. */
  private static String capabilities(long set) {
    List<String> held = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Capability capability : Capability.values()) {
      String name = capability.name().substring("CAP_".length());
      ((set & capability.bit()) != 0 ? held : missing).add(name);
    }
    if (held.isEmpty()) {
      return "none";
    }
    if (missing.isEmpty()) {
      return "all " + held.size();
    }
    return missing.size() < 8
        ? "all but " + String.join(" ", missing)
        : held.size() + ": " + String.join(" ", held);
  }

  private void calls() {
    page.section("System calls");
    Optional<Reading<FilterFacts>> filters = subject.filters();
    int count = subject.status().seccompFilters();
    row(
        "seccomp",
        switch (subject.status().seccompMode()) {
          case 0 -> "no filter";
          case 1 -> "strict: read, write, exit and sigreturn";
          default -> count == 1 ? "1 filter" : count + " filters";
        });
    filters.ifPresent(reading ->
        row(
            "pass",
            reading.describe(facts ->
                "%d of %d, %d with some arguments, %d refused%s"
                    .formatted(
                        facts.allowed(),
                        facts.names(),
                        facts.sometimes(),
                        facts.refused(),
                        facts.supervised() > 0
                            ? ", " + facts.supervised() + " for a supervisor to decide"
                            : ""))));
  }

  private void files() {
    page.section("Files, devices and sockets");
    row(
        "host's mounts",
        subject.sharing(NamespaceKind.MOUNT) == Sharing.HOST
            ? "all: it is in the host's mount namespace"
            : subject.mounts().describe(ReportText::mounts));
    row(
        "writable",
        joined(
            subject.kernelFiles().stream()
                .filter(KernelFileFact::writable)
                .map(KernelFileFact::path)
                .toList()));
    row(
        "engines",
        subject
            .sockets()
            .describe(sockets ->
                shortened(
                    sockets.stream()
                        .map(s -> s.path() + (s.connectable() ? "" : " (may not connect)"))
                        .toList())));
    row("devices", subject.devices().describe(ReportText::devices));
    row(
        "descriptors",
        subject
            .descriptors()
            .describe(list ->
                list.isEmpty()
                    ? "none leads outside of its root"
                    : joined(list.stream().map(d -> d.number() + " -> " + d.target()).toList())));
    row(
        "abstract",
        subject
            .abstractSockets()
            .describe(names ->
                names.size() + (names.size() == 1 ? " socket" : " sockets") + " in its network"));
  }

  private static String devices(List<DeviceFact> devices) {
    long block = devices.stream().filter(DeviceFact::block).count();
    return devices.isEmpty()
        ? "only the usual ones"
        : "%d block and %d character devices beside the usual ones"
            .formatted(block, devices.size() - block);
  }

  private static String mounts(List<MountFact> mounts) {
    return shortened(
        mounts.stream()
            .map(m -> "%s is %s (%s)".formatted(m.point(), m.source(), m.writable() ? "rw" : "ro"))
            .toList());
  }

  private static String shortened(List<String> texts) {
    return texts.size() <= MOST_SHOWN
        ? joined(texts)
        : joined(texts.subList(0, MOST_SHOWN)) + " and " + (texts.size() - MOST_SHOWN) + " more";
  }

  private static String joined(List<String> texts) {
    return texts.isEmpty() ? "none" : String.join(", ", texts);
  }

  private void limits() {
    page.section("Limits");
    if (subject.limits().isEmpty()) {
      row("cgroups", "none that can be read from here");
    }
    for (LimitFact limit : subject.limits()) {
      row(
          limit.resource(),
          limit.limit().orElse("none")
              + limit.use().map(use -> ", in use " + use).orElse("")
              + "  (group "
              + limit.group()
              + ")");
    }
  }
}
