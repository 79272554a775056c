package io.longcast.model.recurrent.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Rows of the plain cell and sums. Written out and clamped as in {@link LstmGates}. */
final class VectorLoops {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int V = Lanes.COUNT;
  private static final int SIGN = 0x80000000;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int LIMIT = Float.floatToRawIntBits(Rational.LIMIT);

  private VectorLoops() {}

  static void add(float[] s, int to, int from, int width) {
    for (int j = 0; j < width; j += V) {
      FloatVector sum =
          FloatVector.fromArray(S, s, to + j).add(FloatVector.fromArray(S, s, from + j));
      Lanes.TYPE.cast(sum).intoArray(s, to + j);
    }
  }

  static void tanh(float[] s, int width, int z, int h) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector p3 = FloatVector.broadcast(S, Rational.P3);
    FloatVector p5 = FloatVector.broadcast(S, Rational.P5);
    FloatVector p7 = FloatVector.broadcast(S, Rational.P7);
    FloatVector p9 = FloatVector.broadcast(S, Rational.P9);
    FloatVector q2 = FloatVector.broadcast(S, Rational.Q2);
    FloatVector q4 = FloatVector.broadcast(S, Rational.Q4);
    FloatVector q6 = FloatVector.broadcast(S, Rational.Q6);
    FloatVector q8 = FloatVector.broadcast(S, Rational.Q8);
    FloatVector zero = FloatVector.zero(S);
    for (int j = 0; j < width; j += V) {
      FloatVector v = FloatVector.fromArray(S, s, z + j);
      IntVector xBits = v.reinterpretAsInts();
      FloatVector x = xBits.and(MAGNITUDE).min(LIMIT).or(xBits.and(SIGN)).reinterpretAsFloats();
      FloatVector x2 = x.mul(x);
      FloatVector xP = p9.fma(x2, p7).fma(x2, p5).fma(x2, p3).fma(x2, one).mul(x);
      FloatVector xQ = q8.fma(x2, q6).fma(x2, q4).fma(x2, q2).fma(x2, one);
      Lanes.TYPE.cast(v.fma(zero, xP.div(xQ))).intoArray(s, h + j);
    }
  }

  static void tanhBackward(float[] s, int width, int z, int h, int dh) {
    for (int j = 0; j < width; j += V) {
      FloatVector y = FloatVector.fromArray(S, s, h + j);
      FloatVector d = FloatVector.fromArray(S, s, dh + j);
      Lanes.TYPE.cast(d.sub(d.mul(y).mul(y))).intoArray(s, z + j);
    }
  }

  static void relu(float[] s, int width, int z, int h) {
    FloatVector zero = FloatVector.zero(S);
    for (int j = 0; j < width; j += V) {
      Lanes.TYPE.cast(FloatVector.fromArray(S, s, z + j).max(zero)).intoArray(s, h + j);
    }
  }

  static void reluBackward(float[] s, int width, int z, int h, int dh) {
    FloatVector zero = FloatVector.zero(S);
    for (int j = 0; j < width; j += V) {
      VectorMask<Float> positive =
          FloatVector.fromArray(S, s, h + j).compare(VectorOperators.GT, zero);
      Lanes.TYPE
          .cast(zero.blend(FloatVector.fromArray(S, s, dh + j), positive))
          .intoArray(s, z + j);
    }
  }
}
