package io.belljar.cli.container;

import io.belljar.cli.template.OutputFormat;
import io.belljar.linux.proc.NetworkTraffic;
import io.belljar.runtime.lifecycle.ContainerUsage;
import io.belljar.runtime.state.LiveContainer;
import io.belljar.spec.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a container uses, as a row of {@code stats}: Docker's fields. What is not known is --. */
final class StatsRow {
  static final String TABLE =
      "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}"
          + "\t{{.PIDs}}";

  static final JsonObject HEADINGS =
      JsonObject.builder()
          .put("Container", "CONTAINER")
          .put("ID", "CONTAINER ID")
          .put("Name", "NAME")
          .put("CPUPerc", "CPU %")
          .put("MemUsage", "MEM USAGE / LIMIT")
          .put("MemPerc", "MEM %")
          .put("NetIO", "NET I/O")
          .put("BlockIO", "BLOCK I/O")
          .put("PIDs", "PIDS")
          .build();

  private static final String UNKNOWN = "--";

  private StatsRow() {}

  static OutputFormat.Row of(
      LiveContainer container,
      Optional<ContainerUsage> before,
      Optional<ContainerUsage> now,
      boolean whole) {
    OptionalLong memory = now.map(u -> u.groups().memory()).orElseGet(OptionalLong::empty);
    OptionalLong limit = now.map(StatsRow::limit).orElseGet(OptionalLong::empty);
    String id = whole ? container.id().value() : container.id().shortForm();
    JsonObject fields =
        JsonObject.builder()
            .put("BlockIO", now.map(StatsRow::blocks).orElse(pair(UNKNOWN, UNKNOWN)))
            .put("CPUPerc", processors(before, now))
            .put("Container", container.name())
            .put("ID", id)
            .put("MemPerc", percentage(memory, limit))
            .put("MemUsage", pair(binary(memory), binary(limit)))
            .put("Name", container.name())
            .put("NetIO", now.map(StatsRow::network).orElse(pair(UNKNOWN, UNKNOWN)))
            .put(
                "PIDs",
                now.map(u -> u.groups().processes())
                    .filter(OptionalLong::isPresent)
                    .map(count -> Long.toString(count.getAsLong()))
                    .orElse(UNKNOWN))
            .build();
    return new OutputFormat.Row(fields, Map.of());
  }

  /** Without a limit, the machine's memory is one. */
  private static OptionalLong limit(ContainerUsage usage) {
    OptionalLong limit = usage.groups().memoryLimit();
    OptionalLong machine = usage.machineMemory();
    return limit.isPresent() && machine.isPresent()
        ? OptionalLong.of(Math.min(limit.getAsLong(), machine.getAsLong()))
        : limit.isPresent() ? limit : machine;
  }

  private static String processors(Optional<ContainerUsage> before, Optional<ContainerUsage> now) {
    return now.filter(usage -> usage.groups().processorNanos().isPresent())
        .flatMap(usage -> before.map(usage::processorsSince))
        .map(count -> percent(count * 100))
        .orElse(UNKNOWN);
  }

  private static String percentage(OptionalLong part, OptionalLong of) {
    return part.isPresent() && of.orElse(0) > 0
        ? percent(100.0 * part.getAsLong() / of.getAsLong())
        : UNKNOWN;
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f%%", value);
  }

  private static String binary(OptionalLong bytes) {
    return bytes.isPresent() ? Sizes.binary(bytes.getAsLong()) : UNKNOWN;
  }

  private static String decimal(OptionalLong bytes) {
    return bytes.isPresent() ? Sizes.decimal(bytes.getAsLong()) : UNKNOWN;
  }

  private static String blocks(ContainerUsage usage) {
    return pair(decimal(usage.groups().blockRead()), decimal(usage.groups().blockWritten()));
  }

  private static String network(ContainerUsage usage) {
    NetworkTraffic traffic = usage.network().orElse(new NetworkTraffic(0, 0));
    return pair(Sizes.decimal(traffic.received()), Sizes.decimal(traffic.sent()));
  }

  private static String pair(String first, String second) {
    return first + " / " + second;
  }
}
