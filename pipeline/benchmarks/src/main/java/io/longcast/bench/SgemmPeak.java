package io.longcast.bench;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * The product of two large matrices by nd4j's OpenBLAS on one thread: the mark to measure by.
 * Speeds are GFLOP/s.
 */
final class SgemmPeak implements KernelContestant {
  private static final int N = 512;
  private final FloatPointer a = filled();
  private final FloatPointer b = filled();
  private final FloatPointer c = filled();

  private static FloatPointer filled() {
    float[] values = new float[N * N];
    Arrays.fill(values, .5f);
    return new FloatPointer(values);
  }

  @Override
  public String name() {
    return KernelSide.SGEMM.label;
  }

  @Override
  public Speed run(boolean training, double seconds) {
    openblas.blas_set_num_threads(1);
    Speed products = TimedLoop.run(i -> multiply(), 1, seconds);
    double operations = 2.0 * N * N * N / 1e9;
    return new Speed(products.byClock() * operations, products.byProcessor() * operations);
  }

  private void multiply() {
    int plain = openblas.CblasNoTrans;
    openblas.cblas_sgemm(openblas.CblasRowMajor, plain, plain, N, N, N, 1f, a, N, b, N, 0f, c, N);
  }

  @Override
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
