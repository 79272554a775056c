package io.longcast.bench;

import io.longcast.model.dl4j.BlasBackend;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.model.recurrent.Numerics;
import java.util.Arrays;
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

/**
 * Products of a step's sizes: Java's tiles beside nd4j's OpenBLAS with its copies. {@link
 * NativeProductJmh} has the libraries without copies.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MatrixProductJmh {
  /** Rows, columns, depth. */
  @Param({"64x256x69", "64x512x265", "64x128x512", "256x512x512", "265x512x256"})
  public String size;

  @Param({"vector", "blas"})
  public String backend;

  private Backend kernels;
  private MatrixProduct product;
  private int m;
  private int n;
  private int k;
  private float[] a;
  private float[] b;
  private float[] c;
  private float[] packed;

  @Setup
  public void open() {
    kernels = backend.equals("vector") ? Numerics.vector() : new BlasBackend();
    product = kernels.product();
    String[] sizes = size.split("x");
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
    a = filled(m * k);
    b = filled(k * n);
    c = filled(m * n);
    packed = new float[product.packedLength(k, n)];
    product.pack(k, n, b, 0, n, 1, packed, 0);
  }

  private static float[] filled(int length) {
    float[] values = new float[length];
    Arrays.fill(values, .5f);
    return values;
  }

  @Benchmark
  public float[] whole() {
    product.multiply(false, false, m, n, k, a, 0, k, b, 0, n, false, c, 0, n);
    return c;
  }

  /** The weight gradient's product: a stored {@code [k][m]}. */
  @Benchmark
  public float[] transposed() {
    product.multiply(true, false, m, n, k, a, 0, m, b, 0, n, false, c, 0, n);
    return c;
  }

  @Benchmark
  public float[] packed() {
    product.multiplyPacked(m, n, k, a, 0, k, packed, 0, false, c, 0, n);
    return c;
  }

  @TearDown
  public void close() {
    kernels.close();
  }
}
