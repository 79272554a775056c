package io.longcast.bench;

import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The products of {@link MatrixProductJmh} by the libraries that JavaCPP brings, on native memory
 * and without any copy but where the name says so. {@code Transposed} is the weight gradient's
 * product, a stored {@code [k][m]}.
 */
public class NativeProductJmh extends ProductSizes {
  private float[] heapA;
  private float[] heapC;
  private FloatPointer a;
  private FloatPointer b;
  private FloatPointer c;

  @Setup
  public void open() {
    readSize();
    heapA = new float[m * k];
    heapC = new float[m * n];
    a = pointer(m * k);
    b = pointer(k * n);
    c = pointer(m * n);
    openblas.blas_set_num_threads(1);
  }

  private static FloatPointer pointer(int length) {
    return new FloatPointer(filled(length));
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
