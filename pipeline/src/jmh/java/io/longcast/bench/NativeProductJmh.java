package io.longcast.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
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

/**
 * The products of {@link MatrixProductJmh} by the libraries that JavaCPP brings, on native memory
 * and without any copy but where the name says so. {@code Transposed} is the weight gradient's
 * product, a stored {@code [k][m]}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NativeProductJmh {
  /** Rows, columns, depth. */
  @Param({"64x256x69", "64x512x265", "64x128x512", "256x512x512", "265x512x256"})
  public String size;

  private int m;
  private int n;
  private int k;
  private float[] heapA;
  private float[] heapC;
  private FloatPointer a;
  private FloatPointer b;
  private FloatPointer c;

  @Setup
  public void open() {
    String[] sizes = size.split("x");
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
    heapA = new float[m * k];
    heapC = new float[m * n];
    a = filled(m * k);
    b = filled(k * n);
    c = filled(m * n);
    openblas.blas_set_num_threads(1);
  }

  private static FloatPointer filled(int length) {
    float[] values = new float[length];
    Arrays.fill(values, .5f);
    return new FloatPointer(values);
  }

  @Benchmark
  public FloatPointer openblas() {
    cblas(openblas.CblasNoTrans, k);
    return c;
  }

  @Benchmark
  public FloatPointer openblasTransposed() {
    cblas(openblas.CblasTrans, m);
    return c;
  }

  private void cblas(int transA, int lda) {
    int plain = openblas.CblasNoTrans;
    openblas.cblas_sgemm(
        openblas.CblasRowMajor, transA, plain, m, n, k, 1f, a, lda, b, n, 0f, c, n);
  }

  @Benchmark
  public FloatPointer onednn() {
    dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', m, n, k, 1f, a, k, b, n, 0f, c, n);
    return c;
  }

  /** As a back end under our layers would have it: a and c on the heap, the weights native. */
  @Benchmark
  public float[] onednnCopied() {
    a.put(heapA, 0, m * k);
    dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', m, n, k, 1f, a, k, b, n, 0f, c, n);
    c.get(heapC, 0, m * n);
    return heapC;
  }

  @Benchmark
  public FloatPointer onednnTransposed() {
    dnnl.dnnl_sgemm((byte) 'T', (byte) 'N', m, n, k, 1f, a, m, b, n, 0f, c, n);
    return c;
  }

  @TearDown
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
