package io.longcast.model.network;

import io.longcast.model.NetworkInputs;
import io.longcast.window.WindowBatch;
import java.util.List;
import java.util.SplittableRandom;

/** Tasks that take a certain member of the family, or a certain part of it. */
final class Tasks {
  private Tasks() {}

  /** Fills one window: context, known covariates from index {@code window}, target, code. */
  interface Task {
    void fill(SplittableRandom random, WindowBatch batch, int window);
  }

  /** The first of twelve values, plus or minus one, among noise, is the target. */
  private static void first(SplittableRandom random, WindowBatch batch, int window) {
    int context = batch.contextLength();
    float sign = random.nextBoolean() ? 1 : -1;
    batch.context()[window * context] = sign;
    for (int j = 1; j < context; j++) {
      batch.context()[window * context + j] = (float) (.3 * random.nextGaussian());
    }
    for (int t = 0; t < batch.horizon(); t++) {
      batch.target()[window * batch.horizon() + t] = sign * (t % 2 == 0 ? 1 : -1);
    }
  }

  /** The oldest of the newest three values, plus or minus one, is the target; signs alternate. */
  private static void third(SplittableRandom random, WindowBatch batch, int window) {
    int context = batch.contextLength();
    for (int j = 0; j < context; j++) {
      batch.context()[window * context + j] = random.nextBoolean() ? 1 : -1;
    }
    float sign = batch.context()[window * context + context - 3];
    for (int t = 0; t < batch.horizon(); t++) {
      batch.target()[window * batch.horizon() + t] = sign * (t % 2 == 0 ? 1 : -1);
    }
  }

  /** Labels each step by the parity of the ones so far. */
  private static void parity(SplittableRandom random, WindowBatch batch, int window) {
    boolean odd = false;
    for (int j = 0; j < batch.contextLength(); j++) {
      boolean one = random.nextBoolean();
      batch.context()[window * batch.contextLength() + j] = one ? 1 : -1;
      odd ^= one;
      int t = j - batch.contextLength() + batch.horizon();
      if (t >= 0) {
        batch.target()[window * batch.horizon() + t] = odd ? 1 : 0;
      }
    }
  }

  /** Whether the motif up-down-up stands anywhere among noise; its place does not matter. */
  private static void motif(SplittableRandom random, WindowBatch batch, int window) {
    int context = batch.contextLength();
    boolean there = random.nextBoolean();
    for (int j = 0; j < context; j++) {
      batch.context()[window * context + j] = (float) (.4 * random.nextGaussian());
    }
    if (there) {
      int at = window * context + random.nextInt(context - 3);
      batch.context()[at] = 1.5f;
      batch.context()[at + 1] = -1.5f;
      batch.context()[at + 2] = 1.5f;
    }
    batch.target()[window] = there ? 1 : 0;
  }

  /** The target depends on the category alone. */
  private static void category(SplittableRandom random, WindowBatch batch, int window) {
    int code = random.nextInt(5);
    batch.statics()[window] = code;
    batch.context()[window * batch.contextLength()] = (float) random.nextGaussian();
    batch.target()[window] = code * code % 5 - 1;
  }

  /** Each target is what the known covariate is at its step. */
  private static void known(SplittableRandom random, WindowBatch batch, int window) {
    noise(random, batch.context(), window * batch.contextLength(), batch.contextLength());
    int steps = batch.contextLength() + batch.horizon();
    for (int j = 0; j < steps; j++) {
      float sign = random.nextBoolean() ? 1 : -1;
      if (batch.knownCovariates() > 0) {
        batch.known()[window * steps + j] = sign;
      }
      if (j >= batch.contextLength()) {
        batch.target()[window * batch.horizon() + j - batch.contextLength()] = sign;
      }
    }
  }

  /** The target is what the past covariate was at the newest step. */
  private static void past(SplittableRandom random, WindowBatch batch, int window) {
    noise(random, batch.context(), window * batch.contextLength(), batch.contextLength());
    for (int j = 0; j < batch.contextLength(); j++) {
      float sign = random.nextBoolean() ? 1 : -1;
      if (batch.pastCovariates() > 0) {
        batch.past()[window * batch.contextLength() + j] = sign;
      }
      batch.target()[window] = sign;
    }
  }

  private static void noise(SplittableRandom random, float[] into, int from, int count) {
    for (int j = from; j < from + count; j++) {
      into[j] = (float) random.nextGaussian();
    }
  }

  /**
   * A task, the windows it comes in, and the loss that only a member that can do it stays below;
   * one that lacks what it needs stays above {@code fails}.
   */
  record Needs(Task task, NetworkInputs inputs, int steps, double learned, double fails) {}

  static final Needs LONG_MEMORY = new Needs(Tasks::first, NetworkInputs.of(12, 3), 500, .15, .7);
  static final Needs OTHER_LENGTH = new Needs(Tasks::first, NetworkInputs.of(9, 4), 500, .15, .7);
  static final Needs NEWEST_PATCH = new Needs(Tasks::third, NetworkInputs.of(6, 6), 400, .15, .7);
  static final Needs STEP_LABELS = new Needs(Tasks::parity, NetworkInputs.of(12, 12), 900, .2, .4);
  static final Needs MOTIF = new Needs(Tasks::motif, NetworkInputs.of(96, 1), 150, .05, .12);
  static final Needs CATEGORY =
      new Needs(Tasks::category, new NetworkInputs(4, 1, 0, 0, 0, List.of(5)), 300, .05, .5);

  static final Needs KNOWN =
      new Needs(Tasks::known, new NetworkInputs(6, 3, 0, 1, 0, List.of()), 200, .1, .7);
  static final Needs PAST =
      new Needs(Tasks::past, new NetworkInputs(6, 1, 1, 0, 0, List.of()), 200, .1, .7);
  static final Needs NOT_KNOWN = new Needs(Tasks::known, NetworkInputs.of(6, 3), 200, .1, .7);
  static final Needs NO_PAST = new Needs(Tasks::past, NetworkInputs.of(6, 1), 200, .1, .7);

  /** Windows of a task. */
  static WindowBatch batch(int size, NetworkInputs inputs, SplittableRandom random, Task task) {
    WindowBatch batch = Windows.empty(inputs, size);
    for (int i = 0; i < size; i++) {
      Windows.add(batch, new float[inputs.contextLength()], new float[inputs.horizon()]);
      task.fill(random, batch, i);
    }
    return batch;
  }
}
