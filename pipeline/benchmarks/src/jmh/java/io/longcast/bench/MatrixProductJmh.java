package io.longcast.bench;

import io.longcast.model.dl4j.BlasBackend;
import io.longcast.model.recurrent.Backend;
import io.longcast.model.recurrent.MatrixProduct;
import io.longcast.model.recurrent.Numerics;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Products of a step's sizes: Java's tiles beside nd4j's OpenBLAS with its copies. {@link
 * NativeProductJmh} has the libraries without copies.
 */
public class MatrixProductJmh extends ProductSizes {
  @Param({"vector", "blas"})
  public String backend;

  private Backend kernels;
  private MatrixProduct product;
  private float[] a;
  private float[] b;
  private float[] c;
  private float[] packed;

  @Setup
  public void open() {
    kernels = backend.equals("vector") ? Numerics.vector() : new BlasBackend();
    product = kernels.product();
    readSize();
    a = filled(m * k);
    b = filled(k * n);
    c = filled(m * n);
    packed = new float[product.packedLength(k, n)];
    product.pack(k, n, b, 0, n, 1, packed, 0);
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
