package io.belljar.spec.config;

import io.belljar.spec.json.JsonObject;
import io.belljar.spec.json.JsonValue;
import io.belljar.spec.json.JsonWriter;
import io.belljar.spec.linux.IdMappings;
import io.belljar.spec.linux.LinuxWriter;
import io.belljar.spec.process.ProcessWriter;

/**
 * Writes {@code config.json}, in the order and layout of {@code runc spec}. What is absent or empty
 * is left out, so that reading the result gives an equal configuration.
 */
public final class ConfigWriter {
  private ConfigWriter() {}

  /** The text, indented by tabs, without a line feed at its end. */
  public static String write(Config config) {
    return JsonWriter.write(toJson(config), JsonWriter.Layout.TABS);
  }

  /** The configuration as JSON. */
  public static JsonObject toJson(Config config) {
    return JsonObject.builder()
        .put("ociVersion", config.ociVersion())
        .put("process", config.process(), ProcessWriter::toJson)
        .put("root", root(config.root()))
        .putText("hostname", config.hostname())
        .putText("domainname", config.domainname())
        .putList("mounts", config.mounts(), ConfigWriter::mount)
        .putUnlessEmpty("hooks", hooks(config.hooks()))
        .putStrings("annotations", config.annotations())
        .putUnlessEmpty("linux", LinuxWriter.toJson(config.linux()))
        .build();
  }

  private static JsonValue root(Root root) {
    return JsonObject.builder()
        .put("path", root.path())
        .putIfTrue("readonly", root.readonly())
        .build();
  }

  private static JsonValue mount(Mount mount) {
    return JsonObject.builder()
        .put("destination", mount.destination())
        .putText("type", mount.type())
        .putText("source", mount.source())
        .putStrings("options", mount.options())
        .putList("uidMappings", mount.uidMappings(), IdMappings::toJson)
        .putList("gidMappings", mount.gidMappings(), IdMappings::toJson)
        .build();
  }

  private static JsonObject hooks(Hooks hooks) {
    return JsonObject.builder()
        .putList("prestart", hooks.prestart(), ConfigWriter::hook)
        .putList("createRuntime", hooks.createRuntime(), ConfigWriter::hook)
        .putList("createContainer", hooks.createContainer(), ConfigWriter::hook)
        .putList("startContainer", hooks.startContainer(), ConfigWriter::hook)
        .putList("poststart", hooks.poststart(), ConfigWriter::hook)
        .putList("poststop", hooks.poststop(), ConfigWriter::hook)
        .build();
  }

  private static JsonValue hook(Hook hook) {
    return JsonObject.builder()
        .put("path", hook.path())
        .putStrings("args", hook.args())
        .putStrings("env", hook.env())
        .putNumber("timeout", hook.timeout())
        .build();
  }
}
