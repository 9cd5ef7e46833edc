package io.belljar.plan.step;

import io.belljar.plan.SystemCall;
import io.belljar.plan.SystemCall.Occurrence;
import java.util.ArrayList;
import java.util.List;

/** Collects the calls of a step and numbers their stages. */
final class Calls {
  private final List<SystemCall> calls = new ArrayList<>();
  private int stage = -1;

  static Calls none() {
    return new Calls();
  }

  static Calls of(String name, Object... arguments) {
    return new Calls().call(name, arguments);
  }

  /** A call that is a stage of its own. */
  Calls call(String name, Object... arguments) {
    stage++;
    return also(name, arguments);
  }

  /** A call that belongs to the stage of the one before. */
  Calls also(String name, Object... arguments) {
    List<String> texts = new ArrayList<>(arguments.length);
    for (Object argument : arguments) {
      texts.add(argument.toString());
    }
    calls.add(new SystemCall(name, texts, "", Math.max(stage, 0), Occurrence.ONCE, ""));
    return this;
  }

  /** Calls that form a stage together. */
  Calls stage() {
    stage++;
    return this;
  }

  /** Names the result of the last call. */
  Calls as(String result) {
    SystemCall last = calls.removeLast();
    calls.add(
        new SystemCall(
            last.name(),
            last.arguments(),
            result,
            last.stage(),
            last.occurrence(),
            last.condition()));
    return this;
  }

  /** The last call is only made sometimes. */
  Calls maybe(String condition) {
    return occurs(Occurrence.MAYBE, condition);
  }

  /** The last call is made any number of times. */
  Calls any(String condition) {
    return occurs(Occurrence.ANY, condition);
  }

  private Calls occurs(Occurrence occurrence, String condition) {
    SystemCall last = calls.removeLast();
    calls.add(
        new SystemCall(
            last.name(), last.arguments(), last.result(), last.stage(), occurrence, condition));
    return this;
  }

  /**
   * Adds the calls of a branch, made only when it is taken. Their stages follow the last one
   * outside of branches, so those of one branch have the numbers of another's.
   */
  Calls branch(Calls branch, String condition) {
    for (SystemCall call : branch.calls) {
      calls.add(
          new SystemCall(
              call.name(),
              call.arguments(),
              call.result(),
              stage + 1 + call.stage(),
              Occurrence.MAYBE,
              condition));
    }
    return this;
  }

  List<SystemCall> list() {
    return List.copyOf(calls);
  }
}
