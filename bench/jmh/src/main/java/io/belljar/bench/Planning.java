package io.belljar.bench;

import io.belljar.plan.Explanation;
import io.belljar.plan.Plan;
import io.belljar.plan.PlanEncoder;
import io.belljar.runtime.Facts;
import io.belljar.runtime.lifecycle.Bundle;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many requests a second one thread of a warm planner could plan, and the parts of one: runc's
 * default configuration from its file to the bytes that the launcher reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
// As the resident planner's JVM.
@Fork(
    value = 2,
    jvmArgsAppend = {
      "-XX:+UseSerialGC",
      "-Xmx256m",
      "--enable-native-access=ALL-UNNAMED",
      "--sun-misc-unsafe-memory-access=allow"
    })
public class Planning {
  private Desk desk;
  private Bundle bundle;
  private Plan container;
  private Plan process;

  /** Makes a bundle, and what each part starts from. */
  @Setup
  public void begin() throws IOException {
    desk = new Desk();
    bundle = Bundle.read(desk.bundle());
    container = desk.run(bundle);
    process = desk.exec(bundle);
  }

  /** Removes the bundle. */
  @TearDown
  public void end() throws IOException {
    desk.close();
  }

  /** All that {@code run} takes of a planner but its command line and stored state. */
  @Benchmark
  public byte[] runFromBundleToBytes() {
    return PlanEncoder.encode(desk.run(Bundle.read(desk.bundle()), Desk::facts));
  }

  /** config.json as a record. */
  @Benchmark
  public Bundle readBundle() {
    return Bundle.read(desk.bundle());
  }

  /** What is asked of the machine for each request: cgroups, capabilities. */
  @Benchmark
  public Facts gatherFacts() {
    return Desk.facts();
  }

  /** The steps of a container. */
  @Benchmark
  public Plan planRun() {
    return desk.run(bundle);
  }

  /** The steps of a further process. */
  @Benchmark
  public Plan planExec() {
    return desk.exec(bundle);
  }

  /** A container's plan as bytes. */
  @Benchmark
  public byte[] encodeRun() {
    return PlanEncoder.encode(container);
  }

  /** A further process's plan as bytes. */
  @Benchmark
  public byte[] encodeExec() {
    return PlanEncoder.encode(process);
  }

  /** A container's plan as text for people. */
  @Benchmark
  public String explainRun() {
    return Explanation.text(container);
  }
}
