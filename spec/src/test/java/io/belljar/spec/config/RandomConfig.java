package io.belljar.spec.config;

import io.belljar.spec.linux.Device;
import io.belljar.spec.linux.IdMapping;
import io.belljar.spec.linux.IntelRdt;
import io.belljar.spec.linux.Linux;
import io.belljar.spec.linux.MemoryPolicy;
import io.belljar.spec.linux.Namespace;
import io.belljar.spec.linux.NamespaceType;
import io.belljar.spec.linux.NetDevice;
import io.belljar.spec.linux.Personality;
import io.belljar.spec.linux.RootfsPropagation;
import io.belljar.spec.linux.TimeOffset;
import io.belljar.spec.process.Capabilities;
import io.belljar.spec.process.Capability;
import io.belljar.spec.process.ConsoleSize;
import io.belljar.spec.process.ExecCpuAffinity;
import io.belljar.spec.process.IoPriority;
import io.belljar.spec.process.Process;
import io.belljar.spec.process.Rlimit;
import io.belljar.spec.process.RlimitType;
import io.belljar.spec.process.Scheduler;
import io.belljar.spec.process.User;
import io.belljar.spec.resources.BlockIo;
import io.belljar.spec.resources.Cpu;
import io.belljar.spec.resources.DeviceRule;
import io.belljar.spec.resources.HugepageLimit;
import io.belljar.spec.resources.Memory;
import io.belljar.spec.resources.Network;
import io.belljar.spec.resources.Pids;
import io.belljar.spec.resources.Rdma;
import io.belljar.spec.resources.Resources;
import io.belljar.spec.resources.ThrottleDevice;
import io.belljar.spec.resources.WeightDevice;
import io.belljar.spec.seccomp.Seccomp;
import io.belljar.spec.seccomp.SeccompAction;
import io.belljar.spec.seccomp.SeccompArchitecture;
import io.belljar.spec.seccomp.SeccompFlag;
import io.belljar.spec.seccomp.SeccompOperator;
import io.belljar.spec.seccomp.Syscall;
import io.belljar.spec.seccomp.SyscallArgument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Makes configurations that can be read; whether they make sense is not asked. */
final class RandomConfig {
  private static final String ALPHABET = "abcXYZ019 ._-:=/\"\\<&\n\t\u007fé\u2028";

  private final RandomGenerator random;

  RandomConfig(RandomGenerator random) {
    this.random = random;
  }

  Config config() {
    return new Config(
        "1." + number(9) + ".0" + (flag() ? "" : "-rc.1"),
        new Root(text(), flag()),
        optional(this::process),
        optional(this::text),
        optional(this::text),
        list(this::mount),
        new Hooks(
            list(this::hook),
            list(this::hook),
            list(this::hook),
            list(this::hook),
            list(this::hook),
            list(this::hook)),
        map(this::text, this::textOrEmpty),
        linux());
  }

  private Mount mount() {
    return new Mount(
        text(),
        optional(this::text),
        optional(this::text),
        list(this::textOrEmpty),
        list(this::mapping),
        list(this::mapping));
  }

  private Hook hook() {
    return new Hook(
        path(),
        list(this::textOrEmpty),
        list(this::textOrEmpty),
        flag() ? OptionalInt.empty() : OptionalInt.of(1 + number(1000)));
  }

  private Process process() {
    List<String> args = new ArrayList<>(list(this::textOrEmpty));
    args.add("x");
    return new Process(
        flag(),
        optional(() -> new ConsoleSize(number(65536), number(65536))),
        new User(id(), id(), optionalInt(512), list(this::id), optional(this::text)),
        args,
        list(() -> "N" + number(10) + "=" + textOrEmpty()),
        path(),
        optional(this::capabilities),
        list(() -> new Rlimit(one(RlimitType.values()), random.nextLong(), random.nextLong())),
        flag(),
        optional(this::text),
        optional(this::text),
        flag() ? OptionalInt.empty() : OptionalInt.of(number(2001) - 1000),
        optional(() ->
            new Scheduler(
                one(Scheduler.Policy.values()),
                random.nextInt(),
                number(2),
                set(Scheduler.Flag.values()),
                number(2) * random.nextLong(),
                number(2) * random.nextLong(),
                number(2) * random.nextLong())),
        optional(() -> new IoPriority(one(IoPriority.PriorityClass.values()), number(8))),
        optional(() -> new ExecCpuAffinity(optional(this::text), optional(this::text))));
  }

  private Capabilities capabilities() {
    Supplier<Set<Capability>> some = () -> set(Capability.values());
    return new Capabilities(some.get(), some.get(), some.get(), some.get(), some.get());
  }

  private Linux linux() {
    return new Linux(
        set(NamespaceType.values()).stream()
            .map(type -> new Namespace(type, optional(this::path)))
            .toList(),
        list(this::mapping),
        list(this::mapping),
        map(
            () -> one(TimeOffset.Clock.values()),
            () -> new TimeOffset(number(2) * random.nextLong(), number(1_000_000_000))),
        list(this::device),
        optional(this::text),
        resources(),
        optional(() -> one(RootfsPropagation.values())),
        optional(this::seccomp),
        map(this::textOrEmpty, this::textOrEmpty),
        list(this::path),
        list(this::path),
        optional(this::text),
        optional(() -> new Personality(one(Personality.Domain.values()), list(this::textOrEmpty))),
        optional(() ->
            new IntelRdt(
                optional(() -> "clos" + number(9)),
                list(this::textOrEmpty),
                optional(this::text),
                optional(this::text),
                flag(),
                flag(),
                flag())),
        optional(() ->
            new MemoryPolicy(
                one(MemoryPolicy.Mode.values()),
                optional(this::text),
                set(MemoryPolicy.Flag.values()))),
        map(() -> "eth" + number(9), () -> new NetDevice(optional(() -> "net" + number(9)))));
  }

  private Device device() {
    return new Device(
        path(), one(Device.Type.values()), id(), id(), optionalId(), optionalId(), optionalId());
  }

  private IdMapping mapping() {
    return new IdMapping(number(1 << 30), number(1 << 30), 1 + number(1 << 30));
  }

  private Resources resources() {
    return new Resources(
        list(this::deviceRule),
        memory(),
        new Cpu(
            optionalLong(),
            optionalLong(),
            optionalLong(),
            optionalLong(),
            optionalLong(),
            optionalLong(),
            optional(this::text),
            optional(this::text),
            optionalLong()),
        new Pids(optionalLong()),
        new BlockIo(
            optionalInt(1001),
            optionalInt(1001),
            list(() -> new WeightDevice(id(), id(), optionalInt(1001), optionalInt(1001))),
            list(this::throttle),
            list(this::throttle),
            list(this::throttle),
            list(this::throttle)),
        list(() -> new HugepageLimit(1 + number(1024) + "MB", random.nextLong())),
        new Network(
            optionalId(), list(() -> new Network.InterfacePriority("eth" + number(9), id()))),
        map(() -> "mlx" + number(9), () -> new Rdma(optionalId(), optionalId())),
        map(() -> "memory." + number(99), this::textOrEmpty));
  }

  private DeviceRule deviceRule() {
    Set<DeviceRule.Access> access = set(DeviceRule.Access.values());
    return new DeviceRule(
        flag(),
        one(DeviceRule.Type.values()),
        optionalId(),
        optionalId(),
        access.isEmpty() ? DeviceRule.RWM : access);
  }

  private Memory memory() {
    Supplier<OptionalLong> bytes =
        () -> flag() ? OptionalLong.empty() : OptionalLong.of(number(1000) - 1L);
    return new Memory(
        bytes.get(),
        bytes.get(),
        bytes.get(),
        bytes.get(),
        bytes.get(),
        flag() ? OptionalLong.empty() : OptionalLong.of(number(101)),
        optional(this::flag),
        optional(this::flag),
        optional(this::flag));
  }

  private ThrottleDevice throttle() {
    return new ThrottleDevice(id(), id(), random.nextLong());
  }

  private Seccomp seccomp() {
    SeccompAction action = one(SeccompAction.values());
    return new Seccomp(
        action,
        errno(action),
        set(SeccompArchitecture.values()),
        set(SeccompFlag.values()),
        optional(this::text),
        optional(this::text),
        list(this::syscall));
  }

  private Syscall syscall() {
    SeccompAction action = one(SeccompAction.values());
    List<String> names = new ArrayList<>(list(this::text));
    names.add("read");
    return new Syscall(
        names,
        action,
        errno(action),
        list(() ->
            new SyscallArgument(
                number(6),
                random.nextLong(),
                number(2) * random.nextLong(),
                one(SeccompOperator.values()))));
  }

  private OptionalInt errno(SeccompAction action) {
    return action.takesErrno() ? optionalInt(65536) : OptionalInt.empty();
  }

  // Values

  private int number(int bound) {
    return random.nextInt(bound);
  }

  private boolean flag() {
    return random.nextBoolean();
  }

  private long id() {
    return random.nextLong(4294967295L);
  }

  private String text() {
    return textOrEmpty() + "t";
  }

  private String textOrEmpty() {
    StringBuilder text = new StringBuilder();
    for (int length = number(6); length > 0; length--) {
      text.append(ALPHABET.charAt(number(ALPHABET.length())));
    }
    return text.toString();
  }

  private String path() {
    return "/" + textOrEmpty();
  }

  private <T> T one(T[] values) {
    return values[number(values.length)];
  }

  private <T> Set<T> set(T[] values) {
    Set<T> set = new LinkedHashSet<>();
    for (int count = number(4); count > 0; count--) {
      set.add(one(values));
    }
    return set;
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int count = number(3); count > 0; count--) {
      list.add(element.get());
    }
    return list;
  }

  private <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
    Map<K, V> map = new LinkedHashMap<>();
    for (int count = number(3); count > 0; count--) {
      map.put(key.get(), value.get());
    }
    return map;
  }

  private <T> Optional<T> optional(Supplier<T> value) {
    return flag() ? Optional.empty() : Optional.of(value.get());
  }

  private OptionalInt optionalInt(int bound) {
    return flag() ? OptionalInt.empty() : OptionalInt.of(number(bound));
  }

  private OptionalLong optionalLong() {
    return flag() ? OptionalLong.empty() : OptionalLong.of(random.nextLong());
  }

  private OptionalLong optionalId() {
    return flag() ? OptionalLong.empty() : OptionalLong.of(id());
  }
}
