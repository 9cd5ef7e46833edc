package io.belljar.cli.people;

import io.belljar.plan.Outcome;
import io.belljar.plan.Plan;
import io.belljar.planner.Caller;
import io.belljar.planner.Environment;
import io.belljar.planner.Request;
import io.belljar.planner.Terminals;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A launcher that takes down what it is told, and carries out nothing. */
public final class FakeCaller implements Caller {
  private final Request request;
  private final StringBuilder output = new StringBuilder();
  private final StringBuilder error = new StringBuilder();
  private int code = -1;

  public FakeCaller(Terminals terminals, String... arguments) {
    request =
        new Request(
            "belljar",
            List.of(arguments),
            Environment.of(List.of("HOME=/home/x", "A=1")),
            "/work",
            (int) ProcessHandle.current().pid(),
            0,
            0,
            022,
            terminals);
  }

  public static FakeCaller of(String... arguments) {
    return new FakeCaller(Terminals.NONE, arguments);
  }

  public String output() {
    return output.toString();
  }

  public String error() {
    return error.toString();
  }

  public int code() {
    return code;
  }

  @Override
  public Request request() {
    return request;
  }

  @Override
  public void print(String text) {
    output.append(text);
  }

  @Override
  public void print(byte[] bytes) {
    output.append(new String(bytes, StandardCharsets.UTF_8));
  }

  @Override
  public byte[] read(int most) {
    return new byte[0];
  }

  @Override
  public boolean isGone() {
    return false;
  }

  @Override
  public void printError(String text) {
    error.append(text);
  }

  @Override
  public void flush() {}

  @Override
  public void seal() {}

  @Override
  public Outcome run(Plan plan) {
    throw new AssertionError("no plan is expected");
  }

  @Override
  public Outcome runLast(Plan plan) {
    throw new AssertionError("no plan is expected");
  }

  @Override
  public void exit(int exitCode) {
    code = exitCode;
  }
}
