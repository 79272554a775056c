package io.longcast.model.recurrent;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Program of {@link VectorStepsTest}: runs each kind of work of the vector back end until the JIT
 * has done its own, then prints the bytes that one more round of it allocates, a line each. In a
 * JVM of its own because the JIT's flags matter.
 */
final class VectorSteps {
  /** Rounds before counting: with them every method is compiled for good. */
  private static final int WARM = 2_000;

  private static final int COUNTED = 50;
  private static final int BATCH = 11;
  private static final int STEPS = 5;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private VectorSteps() {}

  public static void main(String[] words) {
    try (Backend backend = Numerics.open()) {
      System.out.println("back end " + backend.numerics().backend());
      work(backend).forEach((name, work) -> System.out.println(name + " " + bytes(work)));
    }
  }

  private static long bytes(Runnable work) {
    for (int i = 0; i < WARM; i++) {
      work.run();
    }
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < COUNTED; i++) {
      work.run();
    }
    return (THREADS.getCurrentThreadAllocatedBytes() - before) / COUNTED;
  }

  private static Map<String, Runnable> work(Backend backend) {
    Map<String, Runnable> work = new LinkedHashMap<>();
    work.put("LSTM", step(CellKind.LSTM, RnnActivation.TANH, backend));
    work.put("GRU", step(CellKind.GRU, RnnActivation.TANH, backend));
    work.put("RNN-tanh", step(CellKind.RNN, RnnActivation.TANH, backend));
    work.put("RNN-relu", step(CellKind.RNN, RnnActivation.RELU, backend));
    work.put("products", products(backend.product()));
    work.put("functions", functions(backend.elementwise()));
    return work;
  }

  /** Forward and backward through two layers of odd widths. */
  private static Runnable step(CellKind kind, RnnActivation activation, Backend backend) {
    CellSpec low = new CellSpec(kind, 3, 70, ResetGate.AFTER_PRODUCT, activation);
    CellSpec high = new CellSpec(kind, 70, 33, ResetGate.AFTER_PRODUCT, activation);
    RecurrentStack stack = new RecurrentStack(List.of(low, high), 0, BATCH, STEPS, backend);
    float[] parameters = new float[stack.parameters()];
    float[] gradient = new float[parameters.length];
    float[] x = new float[BATCH * STEPS * stack.inputs()];
    float[] last = new float[BATCH * stack.hidden()];
    Arrays.fill(parameters, .01f);
    Arrays.fill(x, .5f);
    return () -> {
      stack.load(parameters, 0);
      stack.begin(BATCH, STEPS);
      stack.input(x, 0);
      stack.forward();
      stack.lastState(last, 0);
      stack.gradientOfLastState(last, 0);
      stack.backward(gradient, 0);
    };
  }

  /** Eleven rows, which are tiles of six, four and one, by every number of columns to 64. */
  private static Runnable products(MatrixProduct product) {
    int depth = 7;
    int most = 64;
    float[] a = new float[BATCH * depth];
    float[] b = new float[depth * most];
    float[] c = new float[BATCH * most];
    return () -> {
      for (int n = 1; n <= most; n++) {
        product.multiply(false, false, BATCH, n, depth, a, 0, depth, b, 0, most, true, c, 0, most);
      }
    };
  }

  private static Runnable functions(Elementwise functions) {
    float[] x = new float[1_000];
    return () -> {
      functions.exp(x, 0, x, 0, x.length);
      functions.sigmoid(x, 0, x, 0, x.length);
      functions.tanh(x, 0, x, 0, x.length);
    };
  }
}
