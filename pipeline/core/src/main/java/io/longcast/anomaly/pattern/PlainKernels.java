package io.longcast.anomaly.pattern;

import java.util.Arrays;

/** The loops in plain Java. */
final class PlainKernels implements PatternKernels {
  private static final long serialVersionUID = 1L;

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
    float least = FAR;
    for (int j = count - 1; j >= 0; j--) {
      float dot = keep * dots[j] + gain * rows[j];
      dots[j + 1] = dot;
      float distance = offsets[j] - 2 * dot + twiceMean * means[j];
      least = distance < least ? distance : least;
    }
    return least;
  }

  @Override
  public void project(float[] weights, float[] matrix, int width, float[] to) {
    for (int f = 0; f < weights.length; f++) {
      float weight = weights[f];
      for (int j = 0; j < width; j++) {
        to[j] += weight * matrix[f * width + j];
      }
    }
  }

  @Override
  public float nearest(float[] point, float[] matrix, int count, float[] scratch) {
    distances(point, matrix, count, scratch);
    float least = FAR;
    for (int i = 0; i < count; i++) {
      least = scratch[i] < least ? scratch[i] : least;
    }
    return least;
  }

  @Override
  public int nearestColumn(float[] point, float[] matrix, int count) {
    float[] distances = new float[count];
    distances(point, matrix, count, distances);
    int nearest = 0;
    for (int i = 1; i < count; i++) {
      nearest = distances[i] < distances[nearest] ? i : nearest;
    }
    return nearest;
  }

  private static void distances(float[] point, float[] matrix, int count, float[] to) {
    Arrays.fill(to, 0, count, 0);
    for (int j = 0; j < point.length; j++) {
      float own = point[j];
      for (int i = 0; i < count; i++) {
        float off = own - matrix[j * count + i];
        to[i] += off * off;
      }
    }
  }
}
