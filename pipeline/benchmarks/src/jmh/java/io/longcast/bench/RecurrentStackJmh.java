package io.longcast.bench;

import io.longcast.model.dl4j.BlasBackend;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.CellKind;
import io.longcast.model.recurrent.CellSpec;
import io.longcast.model.recurrent.Numerics;
import io.longcast.model.recurrent.RecurrentStack;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One block of 64 sequences through the layers of a workload: microseconds a pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecurrentStackJmh {
  private static final int BLOCK = 64;

  @Param({"W1", "W2"})
  public KernelWorkload workload;

  @Param({"LSTM", "GRU", "RNN"})
  public CellKind cell;

  @Param({"vector", "blas", "plain"})
  public String backend;

  private Backend kernels;
  private RecurrentStack stack;
  private float[] x;
  private float[] parameters;
  private float[] gradient;
  private float[] last;

  @Setup
  public void open() {
    kernels =
        switch (backend) {
          case "vector" -> Numerics.vector();
          case "blas" -> new BlasBackend();
          default -> Numerics.plain();
        };
    CellSpec first = CellSpec.of(cell, workload.features, workload.hidden);
    stack =
        new RecurrentStack(
            RecurrentStack.uniform(first, workload.layers), 0, BLOCK, workload.steps, kernels);
    x = drawn(BLOCK * workload.steps * workload.features, 1);
    parameters = drawn(stack.parameters(), .1);
    gradient = new float[parameters.length];
    last = new float[BLOCK * workload.hidden];
  }

  private static float[] drawn(int length, double scale) {
    Random random = new Random(1);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  @Benchmark
  public float[] forward() {
    stack.load(parameters, 0);
    stack.begin(BLOCK, workload.steps);
    stack.input(x, 0);
    stack.forward();
    stack.lastState(last, 0);
    return last;
  }

  @Benchmark
  public float[] forwardAndBackward() {
    forward();
    Arrays.fill(gradient, 0f);
    stack.gradientOfLastState(last, 0);
    stack.backward(gradient, 0);
    return gradient;
  }

  @TearDown
  public void close() {
    kernels.close();
  }
}
