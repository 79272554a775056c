package io.longcast.model.recurrent.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row of a GRU's gates, reset after the product. Written out and clamped as in {@link
 * LstmGates}; reset and update gate share one division.
 */
final class GruGates {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int V = Lanes.COUNT;
  private static final int SIGN = 0x80000000;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int LIMIT = Float.floatToRawIntBits(Rational.LIMIT);

  private GruGates() {}

  static void forward(float[] s, int width, int z, int h, int newH) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector p3 = FloatVector.broadcast(S, Rational.P3);
    FloatVector p5 = FloatVector.broadcast(S, Rational.P5);
    FloatVector p7 = FloatVector.broadcast(S, Rational.P7);
    FloatVector p9 = FloatVector.broadcast(S, Rational.P9);
    FloatVector q2 = FloatVector.broadcast(S, Rational.Q2);
    FloatVector q4 = FloatVector.broadcast(S, Rational.Q4);
    FloatVector q6 = FloatVector.broadcast(S, Rational.Q6);
    FloatVector q8 = FloatVector.broadcast(S, Rational.Q8);
    FloatVector half = FloatVector.broadcast(S, .5f);
    FloatVector zero = FloatVector.zero(S);
    for (int j = 0; j < width; j += V) {
      FloatVector zr = FloatVector.fromArray(S, s, z + width + j);
      FloatVector zu = FloatVector.fromArray(S, s, z + 2 * width + j);
      IntVector rBits = zr.mul(half).reinterpretAsInts();
      FloatVector r = rBits.and(MAGNITUDE).min(LIMIT).or(rBits.and(SIGN)).reinterpretAsFloats();
      FloatVector r2 = r.mul(r);
      FloatVector rP = p9.fma(r2, p7).fma(r2, p5).fma(r2, p3).fma(r2, one).mul(r);
      FloatVector rQ = q8.fma(r2, q6).fma(r2, q4).fma(r2, q2).fma(r2, one);
      IntVector uBits = zu.mul(half).reinterpretAsInts();
      FloatVector u = uBits.and(MAGNITUDE).min(LIMIT).or(uBits.and(SIGN)).reinterpretAsFloats();
      FloatVector u2 = u.mul(u);
      FloatVector uP = p9.fma(u2, p7).fma(u2, p5).fma(u2, p3).fma(u2, one).mul(u);
      FloatVector uQ = q8.fma(u2, q6).fma(u2, q4).fma(u2, q2).fma(u2, one);
      FloatVector inverse = half.div(rQ.mul(uQ));
      FloatVector reset = rP.mul(inverse.mul(uQ)).add(half);
      FloatVector update = uP.mul(inverse.mul(rQ)).add(half);
      FloatVector zn =
          reset.fma(
              FloatVector.fromArray(S, s, z + 3 * width + j), FloatVector.fromArray(S, s, z + j));
      IntVector nBits = zn.reinterpretAsInts();
      FloatVector n = nBits.and(MAGNITUDE).min(LIMIT).or(nBits.and(SIGN)).reinterpretAsFloats();
      FloatVector n2 = n.mul(n);
      FloatVector nP = p9.fma(n2, p7).fma(n2, p5).fma(n2, p3).fma(n2, one).mul(n);
      FloatVector nQ = q8.fma(n2, q6).fma(n2, q4).fma(n2, q2).fma(n2, one);
      FloatVector probe = zr.add(zu).add(zn);
      FloatVector candidate = probe.fma(zero, nP.div(nQ));
      Lanes.TYPE.cast(candidate).intoArray(s, z + j);
      Lanes.TYPE.cast(reset).intoArray(s, z + width + j);
      Lanes.TYPE.cast(update).intoArray(s, z + 2 * width + j);
      FloatVector before = FloatVector.fromArray(S, s, h + j);
      Lanes.TYPE.cast(update.fma(before.sub(candidate), candidate)).intoArray(s, newH + j);
    }
  }

  static void backward(float[] s, int width, int z, int h, int dh, int carry) {
    for (int j = 0; j < width; j += V) {
      FloatVector candidate = FloatVector.fromArray(S, s, z + j);
      FloatVector reset = FloatVector.fromArray(S, s, z + width + j);
      FloatVector update = FloatVector.fromArray(S, s, z + 2 * width + j);
      FloatVector ofState = FloatVector.fromArray(S, s, z + 3 * width + j);
      FloatVector before = FloatVector.fromArray(S, s, h + j);
      FloatVector d = FloatVector.fromArray(S, s, dh + j);
      FloatVector passed = d.mul(update);
      FloatVector dn = d.sub(passed);
      dn = dn.sub(dn.mul(candidate).mul(candidate));
      Lanes.TYPE.cast(dn).intoArray(s, z + j);
      FloatVector dReset = dn.mul(reset);
      Lanes.TYPE.cast(dReset.sub(dReset.mul(reset)).mul(ofState)).intoArray(s, z + width + j);
      Lanes.TYPE
          .cast(before.sub(candidate).mul(passed.sub(passed.mul(update))))
          .intoArray(s, z + 2 * width + j);
      Lanes.TYPE.cast(dReset).intoArray(s, z + 3 * width + j);
      Lanes.TYPE.cast(passed).intoArray(s, carry + j);
    }
  }
}
