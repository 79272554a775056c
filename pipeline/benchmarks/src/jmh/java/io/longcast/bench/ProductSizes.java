package io.longcast.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The sizes of a step's products and how they are timed, the same for Java and the libraries. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public abstract class ProductSizes {
  /** Rows, columns, depth. */
  @Param({"64x256x69", "64x512x265", "64x128x512", "256x512x512", "265x512x256"})
  public String size;

  int m;
  int n;
  int k;

  /** To be called first in the set-up. */
  final void readSize() {
    String[] sizes = size.split("x");
    m = Integer.parseInt(sizes[0]);
    n = Integer.parseInt(sizes[1]);
    k = Integer.parseInt(sizes[2]);
  }

  static float[] filled(int length) {
    float[] values = new float[length];
    Arrays.fill(values, .5f);
    return values;
  }
}
