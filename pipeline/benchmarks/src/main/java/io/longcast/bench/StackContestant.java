package io.longcast.bench;

import io.longcast.model.dl4j.BlasBackend;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.Random;

/** The recurrent layers alone: no head, no updater. */
final class StackContestant implements KernelContestant {
  private static final int BLOCK = 64;
  private final KernelWorkload w;
  private final KernelData data;
  private final Backend backend = Numerics.open(BlasBackend::new);
  private final RecurrentStack stack;
  private final float[] parameters;
  private final float[] gradient;
  private final float[] last;

  StackContestant(KernelWorkload w, CellKind kind, KernelData data) {
    this.w = w;
    this.data = data;
    CellSpec first = CellSpec.of(kind, w.features, w.hidden);
    stack = new RecurrentStack(RecurrentStack.uniform(first, w.layers), 0, BLOCK, w.steps, backend);
    parameters = new float[stack.parameters()];
    gradient = new float[parameters.length];
    last = new float[BLOCK * w.hidden];
    Random random = new Random(2);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (random.nextGaussian() * .1);
    }
  }

  @Override
  public String name() {
    return "kernel alone";
  }

  @Override
  public Speed run(boolean training, double seconds) {
    return TimedLoop.run(i -> step(data.x[i & 7], training), w.batch, seconds);
  }

  private void step(float[] x, boolean training) {
    Arrays.fill(gradient, 0f);
    stack.load(parameters, 0);
    for (int r = 0; r < w.batch; r += BLOCK) {
      stack.begin(BLOCK, w.steps);
      stack.input(x, r * w.steps * w.features);
      stack.forward();
      stack.lastState(last, 0);
      if (training) {
        stack.gradientOfLastState(last, 0);
        stack.backward(gradient, 0);
      }
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
