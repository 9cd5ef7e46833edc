package io.belljar.runtime.state;

import io.belljar.linux.proc.ProcessIdentity;
import io.belljar.runtime.ContainerId;
import io.belljar.spec.config.Config;
import io.belljar.spec.config.ConfigReader;
import io.belljar.spec.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept of a container from its creation to its removal; only its limits ever change.
 *
 * @param id its name
 * @param bundle the bundle's directory, absolute
 * @param rootfs the root file system, absolute
 * @param kept the configuration
 * @param created when
 * @param creator the launcher that made it
 * @param space where the creator, and what it records of the container, are processes
 * @param owner the user who made it
 * @param groups its control groups: absolute directories, one per hierarchy
 * @param removeOnExit whether nobody needs it once its process has ended: then the launcher that
 *     waited removes it, and if that one was killed, whoever sees it next
 * @param belongings directories that are the container's alone and go with it, absolute: a root
 *     that was unpacked for it
 * @param origin what its root was made of, in a few words; empty when the root itself says it all
 * @param labels what people keep with it
 */
public record StoredContainer(
    ContainerId id,
    Path bundle,
    Path rootfs,
    StoredConfig kept,
    Instant created,
    ProcessIdentity creator,
    ProcessSpace space,
    long owner,
    List<String> groups,
    boolean removeOnExit,
    List<Path> belongings,
    String origin,
    Map<String, String> labels) {
  public StoredContainer {
    groups = List.copyOf(groups);
    belongings = List.copyOf(belongings);
    labels = Map.copyOf(labels);
  }

  /** With a configuration that has been read, or made. */
  public StoredContainer(
      ContainerId id,
      Path bundle,
      Path rootfs,
      JsonObject document,
      Instant created,
      ProcessIdentity creator,
      ProcessSpace space,
      long owner,
      List<String> groups,
      boolean removeOnExit,
      List<Path> belongings,
      String origin,
      Map<String, String> labels) {
    this(
        id,
        bundle,
        rootfs,
        StoredConfig.of(document),
        created,
        creator,
        space,
        owner,
        groups,
        removeOnExit,
        belongings,
        origin,
        labels);
  }

  /** The same with another configuration. */
  public StoredContainer with(JsonObject other) {
    return with(StoredConfig.of(other));
  }

  StoredContainer with(StoredConfig other) {
    return new StoredContainer(
        id,
        bundle,
        rootfs,
        other,
        created,
        creator,
        space,
        owner,
        groups,
        removeOnExit,
        belongings,
        origin,
        labels);
  }

  /** The configuration, as it was given. */
  public JsonObject document() {
    return kept.document();
  }

  /** The configuration, read again. */
  public Config config() {
    return ConfigReader.read(kept.node());
  }

  /** The configuration's annotations, without reading the rest of it. */
  public Map<String, String> annotations() {
    return kept.annotations();
  }
}
