package io.longcast.model.recurrent.vector;

import io.longcast.model.recurrent.Elementwise;
import io.longcast.model.recurrent.Ranges;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions over ranges, a vector at a time; the rest of a range goes through a padded copy, so
 * that a value's result does not depend on its place.
 */
final class VectorElementwise implements Elementwise {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int V = Lanes.COUNT;

  private final float[] rest = new float[V];

  @Override
  public void exp(float[] from, int fromAt, float[] to, int toAt, int length) {
    int whole = length / V * V;
    expVectors(from, fromAt, to, toAt, whole);
    if (whole < length) {
      System.arraycopy(from, fromAt + whole, rest, 0, length - whole);
      expVectors(rest, 0, rest, 0, V);
      System.arraycopy(rest, 0, to, toAt + whole, length - whole);
    }
  }

  @Override
  public void sigmoid(float[] from, int fromAt, float[] to, int toAt, int length) {
    for (int i = 0; i < length; i++) {
      to[toAt + i] = -from[fromAt + i];
    }
    exp(to, toAt, to, toAt, length);
    for (int i = 0; i < length; i++) {
      to[toAt + i] = 1f / (1f + to[toAt + i]);
    }
  }

  @Override
  public void tanh(float[] from, int fromAt, float[] to, int toAt, int length) {
    int whole = length / V * V;
    tanhVectors(from, fromAt, to, toAt, whole);
    if (whole < length) {
      System.arraycopy(from, fromAt + whole, rest, 0, length - whole);
      tanhVectors(rest, 0, rest, 0, V);
      System.arraycopy(rest, 0, to, toAt + whole, length - whole);
    }
  }

  /**
   * {@code 2^n e^r} with n the nearest integer to x log2(e), by adding and taking away 1.5 2^23,
   * and a polynomial of degree 6 in r (our own fit, error 3.1e-9). The power of two is applied in
   * two halves so that results below the normal range come out.
   */
  private static void expVectors(float[] from, int fromAt, float[] to, int toAt, int length) {
    FloatVector magic = FloatVector.broadcast(S, 12582912f);
    for (int j = 0; j < length; j += V) {
      FloatVector x = FloatVector.fromArray(S, from, fromAt + j).min(89f).max(-104f);
      FloatVector shifted = x.fma(FloatVector.broadcast(S, 1.44269504f), magic);
      FloatVector n = shifted.sub(magic);
      FloatVector r = n.fma(FloatVector.broadcast(S, -0.693359375f), x);
      r = n.fma(FloatVector.broadcast(S, 2.12194440e-4f), r);
      FloatVector p = r.mul(0.001381453825160861f).add(0.00836874544620514f);
      p = p.fma(r, FloatVector.broadcast(S, 0.04166838899254799f));
      p = p.fma(r, FloatVector.broadcast(S, 0.1666652113199234f));
      p = p.fma(r, FloatVector.broadcast(S, 0.4999999403953552f));
      p = p.fma(r.mul(r), r).add(1f);
      IntVector power = shifted.reinterpretAsInts().sub(0x4B400000);
      IntVector half = power.lanewise(VectorOperators.ASHR, 1);
      FloatVector low = half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      FloatVector high =
          power.sub(half).add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
      Lanes.TYPE.cast(p.mul(low).mul(high)).intoArray(to, toAt + j);
    }
  }

  /** The rational function of {@link Rational}. */
  private static void tanhVectors(float[] from, int fromAt, float[] to, int toAt, int length) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    for (int j = 0; j < length; j += V) {
      FloatVector v = FloatVector.fromArray(S, from, fromAt + j);
      FloatVector x = v.min(Rational.LIMIT).max(-Rational.LIMIT);
      FloatVector y = x.mul(x);
      FloatVector p = y.mul(Rational.P9).add(Rational.P7);
      p = p.fma(y, FloatVector.broadcast(S, Rational.P5));
      p = p.fma(y, FloatVector.broadcast(S, Rational.P3)).fma(y, one).mul(x);
      FloatVector q = y.mul(Rational.Q8).add(Rational.Q6);
      q = q.fma(y, FloatVector.broadcast(S, Rational.Q4));
      q = q.fma(y, FloatVector.broadcast(S, Rational.Q2)).fma(y, one);
      Lanes.TYPE.cast(p.div(q)).intoArray(to, toAt + j);
    }
  }

  @Override
  public void addScaled(float factor, float[] from, int fromAt, float[] to, int toAt, int length) {
    Ranges.addScaled(factor, from, fromAt, to, toAt, length);
  }

  @Override
  public void scale(float factor, float[] x, int at, int length) {
    Ranges.scale(factor, x, at, length);
  }

  @Override
  public double sumOfSquares(float[] x, int at, int length) {
    return Ranges.sumOfSquares(x, at, length);
  }
}
