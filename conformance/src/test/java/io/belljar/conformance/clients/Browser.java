package io.belljar.conformance.clients;

import io.belljar.conformance.Command;
import io.belljar.conformance.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Chromium without a window, spoken to by its DevTools protocol: it says what it complains of. */
final class Browser implements AutoCloseable {
  private static final int SECONDS = 60;

  private final Command.Running process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final BlockingQueue<Map<String, Object>> answers = new LinkedBlockingQueue<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private int calls;

  /** Starts it. */
  Browser(String program, Path profile) {
    process =
        Command.of(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .start();
    try {
      String port = Files.readAllLines(await(profile.resolve("DevToolsActivePort"))).getFirst();
      String pages = get("http://127.0.0.1:" + port + "/json/list");
      Map<String, Object> page = Json.asObject(Json.asList(Json.read(pages)).getFirst());
      socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(page.get("webSocketDebuggerUrl").toString()), new Ears())
              .join();
    } catch (IOException e) {
      process.close();
      throw new UncheckedIOException(e);
    }
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
  }

  private static Path await(Path file) throws IOException {
    for (int i = 0; i < SECONDS * 20; i++) {
      if (Files.exists(file) && Files.readAllLines(file).size() > 1) {
        return file;
      }
      pause();
    }
    throw new IOException("the browser does not start");
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String get(String url) throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Opens a page and waits until it is there. */
  void open(Path page, int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    call("Page.navigate", Map.of("url", page.toUri().toString()));
    String there = "location.protocol === 'file:' && document.readyState === 'complete'";
    for (int i = 0; !Boolean.TRUE.equals(evaluate(there)); i++) {
      if (i == SECONDS * 20) {
        throw new AssertionError(page + " does not load");
      }
      pause();
    }
  }

  /** The value of an expression in the page. */
  Object evaluate(String expression) {
    Map<String, Object> answer =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.containsKey("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return Json.asObject(answer.get("result")).get("value");
  }

  /** What is seen, as PNG. */
  byte[] screenshot() {
    Map<String, Object> answer = call("Page.captureScreenshot", Map.of("format", "png"));
    return Base64.getDecoder().decode(answer.get("data").toString());
  }

  /** Errors, violations of policies and whatever was logged. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** What it asked the network, or files, for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private Map<String, Object> call(String method, Map<String, Object> parameters) {
    int id = ++calls;
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", (long) id);
    message.put("method", method);
    message.put("params", parameters);
    socket.sendText(Json.write(message), true).join();
    while (true) {
      Map<String, Object> answer = take(answers);
      if (answer == null || answer.containsKey("error")) {
        throw new AssertionError(method + ": " + answer);
      }
      if (answer.get("id").equals((long) id)) {
        return Json.asObject(answer.get("result"));
      }
    }
  }

  private static Map<String, Object> take(BlockingQueue<Map<String, Object>> queue) {
    try {
      return queue.poll(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private void hear(String text) {
    Map<String, Object> message = Json.object(text);
    if (message.containsKey("id")) {
      answers.add(message);
      return;
    }
    switch (message.get("method").toString()) {
      case "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled" ->
          complaints.add(text);
      case "Network.requestWillBeSent" ->
          requests.add(
              Json.asObject(Json.asObject(message.get("params")).get("request"))
                  .get("url")
                  .toString());
      default -> {}
    }
  }

  private final class Ears implements WebSocket.Listener {
    private final StringBuilder heard = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      heard.append(data);
      if (last) {
        hear(heard.toString());
        heard.setLength(0);
      }
      return WebSocket.Listener.super.onText(from, data, last);
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.process().descendants().forEach(ProcessHandle::destroyForcibly);
    process.close();
    client.close();
  }
}
