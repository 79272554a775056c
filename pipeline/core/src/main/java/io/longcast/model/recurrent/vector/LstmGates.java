package io.longcast.model.recurrent.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One row of an LSTM's gates. The approximation is written out where it is used: a method that
 * returns a vector and is not inlined would put every result on the heap. The four gates share one
 * division, {@code 1 / (q0 q1 q2 q3)}, whose factors lie in [1, 245]. Clamping is done on the bits,
 * which loses NaN; {@code 0 * (sum of pre-activations)} brings it back.
 */
final class LstmGates {
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int V = Lanes.COUNT;
  private static final int SIGN = 0x80000000;
  private static final int MAGNITUDE = 0x7fffffff;
  private static final int LIMIT = Float.floatToRawIntBits(Rational.LIMIT);

  private LstmGates() {}

  static void forward(float[] s, int width, int z, int cell, int newCell, int h) {
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
      FloatVector za = FloatVector.fromArray(S, s, z + j);
      FloatVector zf = FloatVector.fromArray(S, s, z + width + j);
      FloatVector zo = FloatVector.fromArray(S, s, z + 2 * width + j);
      FloatVector zi = FloatVector.fromArray(S, s, z + 3 * width + j);
      FloatVector probe = za.add(zf).add(zo.add(zi));
      IntVector aBits = za.reinterpretAsInts();
      FloatVector a = aBits.and(MAGNITUDE).min(LIMIT).or(aBits.and(SIGN)).reinterpretAsFloats();
      FloatVector a2 = a.mul(a);
      FloatVector aP = p9.fma(a2, p7).fma(a2, p5).fma(a2, p3).fma(a2, one).mul(a);
      FloatVector aQ = q8.fma(a2, q6).fma(a2, q4).fma(a2, q2).fma(a2, one);
      IntVector fBits = zf.mul(half).reinterpretAsInts();
      FloatVector f = fBits.and(MAGNITUDE).min(LIMIT).or(fBits.and(SIGN)).reinterpretAsFloats();
      FloatVector f2 = f.mul(f);
      FloatVector fP = p9.fma(f2, p7).fma(f2, p5).fma(f2, p3).fma(f2, one).mul(f);
      FloatVector fQ = q8.fma(f2, q6).fma(f2, q4).fma(f2, q2).fma(f2, one);
      IntVector oBits = zo.mul(half).reinterpretAsInts();
      FloatVector o = oBits.and(MAGNITUDE).min(LIMIT).or(oBits.and(SIGN)).reinterpretAsFloats();
      FloatVector o2 = o.mul(o);
      FloatVector oP = p9.fma(o2, p7).fma(o2, p5).fma(o2, p3).fma(o2, one).mul(o);
      FloatVector oQ = q8.fma(o2, q6).fma(o2, q4).fma(o2, q2).fma(o2, one);
      IntVector iBits = zi.mul(half).reinterpretAsInts();
      FloatVector i = iBits.and(MAGNITUDE).min(LIMIT).or(iBits.and(SIGN)).reinterpretAsFloats();
      FloatVector i2 = i.mul(i);
      FloatVector iP = p9.fma(i2, p7).fma(i2, p5).fma(i2, p3).fma(i2, one).mul(i);
      FloatVector iQ = q8.fma(i2, q6).fma(i2, q4).fma(i2, q2).fma(i2, one);
      FloatVector afQ = aQ.mul(fQ);
      FloatVector oiQ = oQ.mul(iQ);
      FloatVector inverse = one.div(afQ.mul(oiQ));
      FloatVector inverseAf = inverse.mul(oiQ);
      FloatVector inverseOi = inverse.mul(afQ).mul(half);
      FloatVector block = aP.mul(inverseAf.mul(fQ));
      FloatVector forget = fP.mul(inverseAf.mul(aQ)).fma(half, half);
      FloatVector output = oP.mul(inverseOi.mul(iQ)).add(half);
      FloatVector input = iP.mul(inverseOi.mul(oQ)).add(half);
      Lanes.TYPE.cast(block).intoArray(s, z + j);
      Lanes.TYPE.cast(forget).intoArray(s, z + width + j);
      Lanes.TYPE.cast(output).intoArray(s, z + 2 * width + j);
      Lanes.TYPE.cast(input).intoArray(s, z + 3 * width + j);
      FloatVector state = forget.fma(FloatVector.fromArray(S, s, cell + j), block.mul(input));
      state = probe.fma(zero, state);
      Lanes.TYPE.cast(state).intoArray(s, newCell + j);
      IntVector cBits = state.reinterpretAsInts();
      FloatVector c = cBits.and(MAGNITUDE).min(LIMIT).or(cBits.and(SIGN)).reinterpretAsFloats();
      FloatVector c2 = c.mul(c);
      FloatVector cP = p9.fma(c2, p7).fma(c2, p5).fma(c2, p3).fma(c2, one).mul(c);
      FloatVector cQ = q8.fma(c2, q6).fma(c2, q4).fma(c2, q2).fma(c2, one);
      Lanes.TYPE.cast(state.fma(zero, cP.div(cQ).mul(output))).intoArray(s, h + j);
    }
  }

  static void backward(float[] s, int width, int z, int cell, int newCell, int dh, int dCell) {
    FloatVector one = FloatVector.broadcast(S, 1f);
    FloatVector p3 = FloatVector.broadcast(S, Rational.P3);
    FloatVector p5 = FloatVector.broadcast(S, Rational.P5);
    FloatVector p7 = FloatVector.broadcast(S, Rational.P7);
    FloatVector p9 = FloatVector.broadcast(S, Rational.P9);
    FloatVector q2 = FloatVector.broadcast(S, Rational.Q2);
    FloatVector q4 = FloatVector.broadcast(S, Rational.Q4);
    FloatVector q6 = FloatVector.broadcast(S, Rational.Q6);
    FloatVector q8 = FloatVector.broadcast(S, Rational.Q8);
    for (int j = 0; j < width; j += V) {
      FloatVector block = FloatVector.fromArray(S, s, z + j);
      FloatVector forget = FloatVector.fromArray(S, s, z + width + j);
      FloatVector output = FloatVector.fromArray(S, s, z + 2 * width + j);
      FloatVector input = FloatVector.fromArray(S, s, z + 3 * width + j);
      FloatVector state = FloatVector.fromArray(S, s, newCell + j);
      FloatVector d = FloatVector.fromArray(S, s, dh + j);
      IntVector cBits = state.reinterpretAsInts();
      FloatVector c = cBits.and(MAGNITUDE).min(LIMIT).or(cBits.and(SIGN)).reinterpretAsFloats();
      FloatVector c2 = c.mul(c);
      FloatVector cP = p9.fma(c2, p7).fma(c2, p5).fma(c2, p3).fma(c2, one).mul(c);
      FloatVector cQ = q8.fma(c2, q6).fma(c2, q4).fma(c2, q2).fma(c2, one);
      FloatVector tanh = cP.div(cQ);
      FloatVector dOut = d.mul(output);
      FloatVector dc =
          FloatVector.fromArray(S, s, dCell + j).add(dOut.sub(dOut.mul(tanh).mul(tanh)));
      FloatVector dBlock = dc.mul(input);
      Lanes.TYPE.cast(dBlock.sub(dBlock.mul(block).mul(block))).intoArray(s, z + j);
      FloatVector dForget = dc.mul(FloatVector.fromArray(S, s, cell + j));
      Lanes.TYPE.cast(dForget.mul(forget.sub(forget.mul(forget)))).intoArray(s, z + width + j);
      Lanes.TYPE
          .cast(d.mul(tanh).mul(output.sub(output.mul(output))))
          .intoArray(s, z + 2 * width + j);
      Lanes.TYPE.cast(dBlock.mul(block).mul(one.sub(input))).intoArray(s, z + 3 * width + j);
      Lanes.TYPE.cast(dc.mul(forget)).intoArray(s, dCell + j);
    }
  }
}
