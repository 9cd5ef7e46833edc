package io.belljar.cli.help;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What there is: the commands in groups, then the topics. */
public final class Overview {
  private static final int NAMES = 14;
  private static final int INDENT = 2;

  private static final List<Group> GROUPS =
      List.of(
          new Group("Run", List.of("run", "exec")),
          new Group(
              "Containers",
              List.of(
                  "ps", "logs", "attach", "top", "stats", "inspect", "cp", "export", "update",
                  "rename", "pause", "unpause", "kill", "stop", "wait", "rm")),
          new Group("By hand", List.of("unshare", "nsenter", "chroot")),
          new Group(
              "Look and learn",
              List.of("tree", "lsns", "report", "check", "explain", "planner", "help")));

  private Overview() {}

  /** Commands that belong together. */
  private record Group(String title, List<String> commands) {}

  /** Lets a program's help show it in the place of a plain list. */
  public static void install(CommandLine root) {
    Map<String, IHelpSectionRenderer> sections = new HashMap<>(root.getHelpSectionMap());
    sections.remove(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING);
    sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Overview::text);
    root.getCommandSpec().usageMessage().sectionMap(sections); // its own, not its subcommands'
  }

  private static String text(Help help) {
    List<String> parts = new ArrayList<>();
    for (Group group : GROUPS) {
      TextTable table = table(help);
      for (String name : group.commands()) {
        table.addRowValues(name, summary(help.subcommands().get(name)));
      }
      parts.add(group.title() + ":\n" + table);
    }
    TextTable topics = table(help);
    Topic.all().forEach(topic -> topics.addRowValues(topic.word(), topic.summary()));
    parts.add("Topics, a page each:\n" + topics);
    return "\n" + String.join("\n", parts);
  }

  private static TextTable table(Help help) {
    int width = help.commandSpec().usageMessage().width();
    return TextTable.forColumns(
        help.colorScheme(),
        new Column(NAMES + INDENT, INDENT, Column.Overflow.SPAN),
        new Column(width - NAMES - INDENT, INDENT, Column.Overflow.WRAP));
  }

  /** The first line of its description. */
  private static String summary(Help command) {
    return command.commandSpec().usageMessage().description()[0];
  }
}
