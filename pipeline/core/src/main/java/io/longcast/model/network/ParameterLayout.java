package io.longcast.model.network;

import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Where each named parameter lies in the flat vector, in order and without gaps.
 *
 * @param slices in the order of the vector
 */
public record ParameterLayout(List<Slice> slices) implements Serializable {

  public ParameterLayout {
    slices = List.copyOf(slices);
  }

  /**
   * One named matrix, row-major {@code [rows, columns]}; a bias has one row.
   *
   * @param name such as {@code skip.W}
   * @param offset of its first element
   * @param rows inputs
   * @param columns outputs
   */
  public record Slice(String name, int offset, int rows, int columns) implements Serializable {

    /** Number of elements. */
    public int length() {
      return rows * columns;
    }

    /** Offset of the element after the last. */
    public int end() {
      return offset + length();
    }
  }

  /** Length of the whole vector. */
  public int length() {
    return slices.isEmpty() ? 0 : slices.get(slices.size() - 1).end();
  }

  /** One range per layer: neighbouring slices whose names agree up to the dot, as one row. */
  List<Slice> layers() {
    List<Slice> layers = new ArrayList<>();
    for (Slice slice : slices) {
      String name = slice.name().split("\\.")[0];
      int last = layers.size() - 1;
      if (last >= 0 && layers.get(last).name().equals(name)) {
        int from = layers.get(last).offset();
        layers.set(last, new Slice(name, from, 1, slice.end() - from));
      } else {
        layers.add(new Slice(name, slice.offset(), 1, slice.length()));
      }
    }
    return List.copyOf(layers);
  }

  /** Collects slices one after the other. */
  public static final class Builder {
    private final List<Slice> slices = new ArrayList<>();
    private int length;

    /** The next slice. */
    public Slice add(String name, int rows, int columns) {
      long end = length + (long) rows * columns;
      if (end > Integer.MAX_VALUE) {
        throw new SettingException(
            List.of(
                "model.hiddenSize", "model.patchLength", "window.contextLength", "window.horizon"),
            "the network is too large: with %s [%d, %d] it has %,d parameters, at most %,d are possible"
                .formatted(name, rows, columns, end, Integer.MAX_VALUE));
      }
      Slice slice = new Slice(name, length, rows, columns);
      slices.add(slice);
      length = (int) end;
      return slice;
    }

    /** All of them. */
    public ParameterLayout build() {
      return new ParameterLayout(slices);
    }
  }
}
