package io.belljar.toolbox.tree;

import io.belljar.linux.NamespaceKind;
import io.belljar.linux.text.TerminalText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The tree as a page: one HTML document that needs nothing else. Its Content-Security-Policy allows
 * the style and the script in it by their hashes, and nothing else at all, so even text that
 * escaped its place could neither run nor load anything.
 */
public final class TreePage {
  private static final Map<NamespaceKind, String> MEANINGS =
      Map.of(
          NamespaceKind.MOUNT, "mounts",
          NamespaceKind.PID, "process ids",
          NamespaceKind.NETWORK, "network",
          NamespaceKind.IPC, "System V IPC",
          NamespaceKind.UTS, "host name",
          NamespaceKind.CGROUP, "cgroup root",
          NamespaceKind.USER, "users and capabilities",
          NamespaceKind.TIME, "clocks");

  private TreePage() {}

  /**
   * The document.
   *
   * @param title its heading
   */
  public static String of(ProcessTree tree, String title) {
    String style = resource("page.css");
    String script = resource("page.js");
    String safe = Svg.escape(new TerminalText(true).safe(title));
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="%s">
    <meta name="viewport" content="width=device-width">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body>
    <header>
    <h1>%s</h1>
    <p>%s</p>
    <ul class="legend">%s</ul>
    <button type="button">dark / light</button>
    </header>
    <main>
    %s
    </main>
    <p id="details">Point at a process or a namespace to see more of it.</p>
    <script>%s</script>
    </body>
    </html>
    """
        .formatted(
            policy(style, script),
            safe,
            style,
            safe,
            Svg.escape(summary(tree)),
            legend(tree),
            PageDrawing.of(tree),
            script);
  }

  private static String policy(String style, String script) {
    return "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static String summary(ProcessTree tree) {
    long processes = tree.all().stream().mapToLong(node -> 1 + node.hiddenThreads()).sum();
    long containers =
        tree.all().stream().flatMap(node -> node.container().stream()).distinct().count();
    long namespaces =
        tree.all().stream()
            .flatMap(node -> node.border().stream())
            .flatMap(border -> border.changes().values().stream())
            .filter(change -> change.how() == Border.How.NEW)
            .count();
    return count(processes, "process", "processes")
        + " · "
        + count(containers, "container", "containers")
        + " · "
        + count(namespaces, "namespace", "namespaces")
        + " besides the host's";
  }

  private static String count(long number, String one, String more) {
    return number + " " + (number == 1 ? one : more);
  }

  private static String legend(ProcessTree tree) {
    String kinds =
        tree.all().stream()
            .flatMap(node -> node.border().stream())
            .flatMap(border -> border.changes().keySet().stream())
            .distinct()
            .sorted()
            .map(kind ->
                "<li class=\"%s\" data-kind=\"%s\"><b>%s</b> <span>%s</span></li>"
                    .formatted(
                        kind.procName(), kind.procName(), kind.procName(), MEANINGS.get(kind)))
            .collect(Collectors.joining());
    return kinds
        + "<li class=\"key\"><b>812</b>pid <b class=\"in\">1</b>pid inside"
        + (kinds.isEmpty() ? "" : " · solid: new · dashed: entered · dotted: the host's")
        + "</li>";
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(TreePage.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
