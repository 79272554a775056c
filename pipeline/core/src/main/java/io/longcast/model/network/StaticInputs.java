package io.longcast.model.network;

import io.longcast.model.ModelSpec.Encoding;
import io.longcast.model.ModelSpec.Statics;
import io.longcast.model.network.ParameterLayout.Slice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Static category codes as numbers of a step's input: an embedding a column, or one-hot. A code
 * outside its column's range counts as code 0, the category never seen.
 */
final class StaticInputs {
  private static final double EMBEDDING_DEVIATION = 0.1;

  private final List<Integer> categories;
  private final boolean embedded;
  private final int size;
  private final List<Slice> tables = new ArrayList<>();
  private final int width;

  StaticInputs(Statics spec, List<Integer> categories, ParameterLayout.Builder layout) {
    this.categories = spec.encoding() == Encoding.NONE ? List.of() : categories;
    embedded = spec.encoding() == Encoding.EMBEDDING;
    size = spec.embeddingSize();
    int sum = 0;
    for (int column = 0; column < this.categories.size(); column++) {
      sum += embedded ? size : this.categories.get(column);
      if (embedded) {
        tables.add(layout.add("embedding" + column + ".W", this.categories.get(column), size));
      }
    }
    width = sum;
  }

  /** Numbers a step. */
  int width() {
    return width;
  }

  boolean hasGradient() {
    return !tables.isEmpty();
  }

  void initialize(float[] parameters, RandomGenerator random) {
    for (Slice table : tables) {
      for (int i = table.offset(); i < table.end(); i++) {
        parameters[i] = (float) (EMBEDDING_DEVIATION * random.nextGaussian());
      }
    }
  }

  /** Writes the codes {@code statics[from ...]} as numbers. */
  void write(int[] statics, int from, float[] parameters, float[] to, int at) {
    int place = at;
    for (int column = 0; column < categories.size(); column++) {
      int code = code(statics, from, column);
      if (embedded) {
        System.arraycopy(parameters, row(column, code), to, place, size);
        place += size;
      } else {
        Arrays.fill(to, place, place + categories.get(column), 0);
        to[place + code] = 1;
        place += categories.get(column);
      }
    }
  }

  /** Adds the gradient of what {@link #write} wrote. */
  void gradient(int[] statics, int from, float[] dx, int at, float[] gradient) {
    for (int column = 0; column < tables.size(); column++) {
      LinearMap.add(
          size, dx, at + column * size, gradient, row(column, code(statics, from, column)));
    }
  }

  private int row(int column, int code) {
    return tables.get(column).offset() + code * size;
  }

  private int code(int[] statics, int from, int column) {
    int code = statics[from + column];
    return code >= 0 && code < categories.get(column) ? code : 0;
  }
}
