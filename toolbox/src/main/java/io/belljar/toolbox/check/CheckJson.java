package io.belljar.toolbox.check;

import io.belljar.linux.text.TerminalText;
import io.belljar.spec.json.JsonArray;
import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonWriter;

/** A check as JSON. */
public final class CheckJson {
  private CheckJson() {}

  /** The document, ended by a newline. */
  public static String of(Check check) {
    JsonObject document =
        JsonObject.builder()
            .put("kernel", check.facts().release())
            .put("user", check.facts().user())
            .put("privileged", check.facts().privileged())
            .put("canRun", check.canRun())
            .putFlag("canRunForOrdinaryUsers", check.canRunForOrdinaryUsers())
            .put("verdict", JsonArray.ofStrings(check.verdict()))
            .put("items", JsonArray.of(check.items(), CheckJson::item))
            .build();
    return TerminalText.printableJson(
        JsonWriter.write(document, JsonWriter.Layout.TWO_SPACES) + "\n");
  }

  private static JsonObject item(Item item) {
    return JsonObject.builder()
        .put("section", item.section())
        .put("name", item.name())
        .put("standing", item.standing().word())
        .put("detail", item.detail())
        .put("cure", item.cure())
        .put("needed", item.needed())
        .build();
  }
}
