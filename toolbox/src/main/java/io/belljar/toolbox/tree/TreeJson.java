package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.proc.IdMapping;
import io.belljar.linux.text.TerminalText;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonNumber;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.json.JsonWriter;
import java.util.List;
import java.util.Map;

/**
 * The tree as JSON: {@code {"processes": [...]}}, each after its parent, which it names by pid.
 * They are not nested, for a tree can be deeper than readers of JSON allow.
 */
public final class TreeJson {
  private TreeJson() {}

  /** The text, ended by a line feed. */
  public static String of(ProcessTree tree) {
    List<JsonValue> processes = tree.all().stream().map(TreeJson::process).toList();
    var document = new JsonObject(Map.of("processes", new JsonArray(processes)));
    return TerminalText.printableJson(
        JsonWriter.write(document, JsonWriter.Layout.TWO_SPACES) + "\n");
  }

  private static JsonValue process(TreeNode node) {
    ProcessFacts process = node.process();
    JsonObject.Builder namespaces = JsonObject.builder();
    for (NamespaceKind kind : NamespaceKind.values()) {
      Long inode = process.namespaces().get(kind);
      if (inode != null) {
        namespaces.put(kind.procName(), inode);
      }
    }
    return JsonObject.builder()
        .put("pid", process.pid())
        .putList("pids", process.pids(), pid -> JsonNumber.of(pid))
        .put("parent", process.parent())
        .put("name", process.name())
        .putStrings("command", process.command())
        .put("uid", process.uid())
        .put("user", process.user())
        .put("cgroup", process.cgroup())
        .put("namespaces", namespaces.build())
        .put("container", node.container(), TreeJson::container)
        .put("border", node.border(), TreeJson::border)
        .build();
  }

  private static JsonValue container(ContainerRef container) {
    return JsonObject.builder()
        .put("engine", container.engine())
        .put("name", container.name())
        .build();
  }

  private static JsonValue border(Border border) {
    JsonObject.Builder members = JsonObject.builder();
    for (Border.How how : Border.How.values()) {
      List<String> kinds = border.kinds(how).stream().map(NamespaceKind::procName).toList();
      members.putStrings(how == Border.How.HOST ? "host" : how.word(), kinds);
    }
    return members
        .putStrings("uidMap", border.uidMap().stream().map(IdMapping::toString).toList())
        .build();
  }
}
