package io.longcast.anomaly.pattern.vector;

import io.longcast.anomaly.pattern.PatternKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops by the Vector API, without fused products, so that they give the bits of the plain
 * ones. Stores are cast to a constant class: see {@code Lanes} of the recurrent kernels.
 */
public final class VectorKernels implements PatternKernels {
  private static final long serialVersionUID = 1L;
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int V = S.length();
  private static final FloatVector LANE = FloatVector.zero(S).addIndex(1);
  private static final Class<? extends FloatVector> TYPE =
      S.vectorType().asSubclass(FloatVector.class);

  /** Called by name. */
  public VectorKernels() {}

  @Override
  public float advance(
      float[] dots,
      float[] rows,
      float[] offsets,
      float[] means,
      int count,
      float keep,
      float gain,
      float twiceMean) {
    FloatVector kept = FloatVector.broadcast(S, keep);
    FloatVector gained = FloatVector.broadcast(S, gain);
    FloatVector mean = FloatVector.broadcast(S, twiceMean);
    FloatVector two = FloatVector.broadcast(S, 2f);
    FloatVector least = FloatVector.broadcast(S, FAR);
    for (int j = count - V; j >= 0; j -= V) {
      FloatVector before = FloatVector.fromArray(S, dots, j).mul(kept);
      FloatVector dot = before.add(FloatVector.fromArray(S, rows, j).mul(gained));
      TYPE.cast(dot).intoArray(dots, j + 1);
      FloatVector own = FloatVector.fromArray(S, offsets, j).sub(dot.mul(two));
      FloatVector distance = own.add(FloatVector.fromArray(S, means, j).mul(mean));
      least = least.blend(distance, distance.compare(VectorOperators.LT, least));
    }
    return least.reduceLanes(VectorOperators.MIN);
  }

  @Override
  public void project(float[] weights, float[] matrix, int width, float[] to) {
    for (int j = 0; j < width; j += V) {
      FloatVector sum = FloatVector.fromArray(S, to, j);
      for (int f = 0; f < weights.length; f++) {
        sum = sum.add(FloatVector.fromArray(S, matrix, f * width + j).mul(weights[f]));
      }
      TYPE.cast(sum).intoArray(to, j);
    }
  }

  @Override
  public float nearest(float[] point, float[] matrix, int count, float[] scratch) {
    FloatVector least = FloatVector.broadcast(S, FAR);
    for (int i = 0; i < count; i += V) {
      FloatVector distance = distances(point, matrix, count, i);
      least = least.blend(distance, distance.compare(VectorOperators.LT, least));
    }
    return least.reduceLanes(VectorOperators.MIN);
  }

  @Override
  public int nearestColumn(float[] point, float[] matrix, int count) {
    FloatVector least = distances(point, matrix, count, 0);
    FloatVector first = FloatVector.zero(S);
    for (int i = V; i < count; i += V) {
      FloatVector distance = distances(point, matrix, count, i);
      VectorMask<Float> isNearer = distance.compare(VectorOperators.LT, least);
      least = least.blend(distance, isNearer);
      first = first.blend((float) i, isNearer);
    }
    VectorMask<Float> isNearest = least.eq(least.reduceLanes(VectorOperators.MIN));
    return (int) first.add(LANE).reduceLanes(VectorOperators.MIN, isNearest);
  }

  /** Squared distances of a point to {@link #V} columns from one on. */
  private static FloatVector distances(float[] point, float[] matrix, int count, int from) {
    FloatVector distance = FloatVector.zero(S);
    for (int j = 0; j < point.length; j++) {
      FloatVector off =
          FloatVector.broadcast(S, point[j])
              .sub(FloatVector.fromArray(S, matrix, j * count + from));
      distance = distance.add(off.mul(off));
    }
    return distance;
  }
}
