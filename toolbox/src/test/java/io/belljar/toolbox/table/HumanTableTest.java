package io.belljar.toolbox.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.belljar.linux.text.TerminalText;
import io.belljar.toolbox.table.Column.Flag;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The expected texts are what util-linux 2.38 prints for the same. */
final class HumanTableTest {
  private static final TerminalText UNICODE = new TerminalText(true);
  private static final Column NS = new Column("NS", 10, Set.of(Flag.RIGHT, Flag.NUMBER));
  private static final Column TYPE = new Column("TYPE", 5, Set.of());
  private static final Column MOUNTS = new Column("NSFS", 0, Set.of(Flag.LINES));
  private static final Column COMMAND = new Column("COMMAND", 0, Set.of(Flag.TRUNCATED));

  private static Table table(Column... columns) {
    return new Table(List.of(columns));
  }

  @Test
  void alignsAndHintsWidths() {
    Table table = table(NS, TYPE, COMMAND);
    table.add(Optional.empty(), List.of("4026531832", "mnt", "init"));
    table.add(Optional.empty(), List.of("17", "cgroup", ""));
    assertEquals(
        """
                NS TYPE   COMMAND
        4026531832 mnt    init
                17 cgroup\s
        """,
        HumanTable.text(table, UNICODE, true, 0));
  }

  @Test
  void cutsCommandsOffWhereTheTerminalEnds() {
    Table table = table(TYPE, COMMAND);
    table.add(Optional.empty(), List.of("mnt", "a long command line"));
    assertEquals("TYPE COMMAND\nmnt  a long com\n", HumanTable.text(table, UNICODE, true, 15));
    assertEquals(
        "TYPE COMMAND\nmnt  a long \n",
        HumanTable.text(table, UNICODE, true, 5),
        "never narrower than the headings");
  }

  @Test
  void drawsTrees() {
    Table table = table(TYPE, COMMAND.with(Flag.TREE));
    Line init = table.add(Optional.empty(), List.of("a", "init"));
    Line shell = table.add(Optional.of(init), List.of("b", "sh"));
    table.add(Optional.of(init), List.of("d", "cron"));
    table.add(Optional.of(shell), List.of("c", "ls"));
    assertEquals(
        "a    init\nb    ├─sh\nc    │ └─ls\nd    └─cron\n",
        HumanTable.text(table, UNICODE, false, 0));
    assertEquals(
        "a    init\nb    |-sh\nc    | `-ls\nd    `-cron\n",
        HumanTable.text(table, new TerminalText(false), false, 0));
  }

  @Test
  void givesEachMountALine() {
    Table table = table(MOUNTS, COMMAND.with(Flag.TREE));
    Line init = table.add(Optional.empty(), List.of("/run/a\n/run/b", "init"));
    table.add(Optional.of(init), List.of("", "sh"));
    assertEquals("/run/a init\n/run/b \n       └─sh\n", HumanTable.text(table, UNICODE, false, 0));
  }

  @Test
  void escapesWhatATerminalWouldActUpon() {
    Table table = table(COMMAND);
    table.add(Optional.empty(), List.of("\u001b[31mred \\x41 \udc80 é\u0085"));
    assertEquals(
        "\\x1b[31mred \\x5cx41 \\x80 é\\xc2\\x85\n", HumanTable.text(table, UNICODE, false, 0));
    assertEquals(
        "\\x1b[31mred \\x5cx41 \\x80 \\xc3\\xa9\\xc2\\x85\n",
        HumanTable.text(table, new TerminalText(false), false, 0));
  }

  @Test
  void showsWhatWouldTurnTheDirectionOfWritingRound() {
    Table table = table(COMMAND);
    table.add(Optional.empty(), List.of("a\u202eb\u200b"));
    assertEquals("a\\xe2\\x80\\xaeb\\xe2\\x80\\x8b\n", HumanTable.text(table, UNICODE, false, 0));
    assertTrue(JsonTable.text(table, "all").contains("\"a\\u202eb\\u200b\""));
  }

  @Test
  void countsWideCharactersTwice() {
    Table table = table(TYPE, COMMAND);
    table.add(Optional.empty(), List.of("時間の", "x"));
    assertEquals("時間の x\n", HumanTable.text(table, UNICODE, false, 0));
    assertEquals("時", TerminalText.truncate("時間の", 3));
  }

  @Test
  void aTableWithoutLinesIsNothing() {
    assertEquals("", HumanTable.text(table(COMMAND), UNICODE, true, 0));
    assertEquals("", RawTable.text(table(COMMAND), true, true));
    assertEquals("{\n   \"all\": [\n\n   ]\n}\n", JsonTable.text(table(COMMAND), "all"));
  }

  @Test
  void rawCellsHaveNoSpaces() {
    Table table = table(TYPE, COMMAND);
    table.add(Optional.empty(), List.of("mnt", "a b\\c é"));
    assertEquals(
        "TYPE COMMAND\nmnt a\\x20b\\x5cc\\x20\\xc3\\xa9\n", RawTable.text(table, true, true));
  }

  @Test
  void jsonNestsAndQuotes() {
    Table table = table(NS, COMMAND.with(Flag.TREE));
    Line init = table.add(Optional.empty(), List.of("1", "a \"b\"\n\u001b"));
    table.add(Optional.of(init), List.of("2", ""));
    table.add(Optional.empty(), List.of("", "c"));
    assertEquals(
        """
        {
           "namespaces": [
              {
                 "ns": 1,
                 "command": "a \\"b\\"\\n\\u001b",
                 "children": [
                    {
                       "ns": 2,
                       "command": null
                    }
                 ]
              },{
                 "ns": null,
                 "command": "c"
              }
           ]
        }
        """,
        JsonTable.text(table, "namespaces"));
  }
}
