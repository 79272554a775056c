package io.longcast.model.recurrent;

/**
 * The way of states and their gradients between the layers' arena and a caller's array of {@code
 * [layer][h, then c for LSTM][batch][hidden]}.
 */
final class StackState {
  private final RecurrentLayer[] layers;

  StackState(RecurrentLayer[] layers) {
    this.layers = layers;
  }

  /** Sets the states before the first step. */
  void read(float[] from, int at, int batch) {
    int place = at;
    for (RecurrentLayer layer : layers) {
      for (int v = 0; v < layer.spec.stateVectors(); v++) {
        for (int r = 0; r < batch; r++, place += layer.hidden) {
          System.arraycopy(from, place, layer.s, layer.stateAt(v, 0, r), layer.hidden);
        }
      }
    }
  }

  /** Writes the states before step {@code t}, which are those after {@code t} steps. */
  void write(int t, float[] to, int at, int batch) {
    int place = at;
    for (RecurrentLayer layer : layers) {
      for (int v = 0; v < layer.spec.stateVectors(); v++) {
        for (int r = 0; r < batch; r++, place += layer.hidden) {
          System.arraycopy(layer.s, layer.stateAt(v, t, r), to, place, layer.hidden);
        }
      }
    }
  }

  /** Adds gradients of the states after the last step. */
  void addGradient(float[] from, int at, int batch) {
    int place = at;
    for (RecurrentLayer layer : layers) {
      for (int v = 0; v < layer.spec.stateVectors(); v++) {
        for (int r = 0; r < batch; r++, place += layer.hidden) {
          int to = layer.stateGradientAt(v, r);
          Ranges.addScaled(1f, from, place, layer.s, to, layer.hidden);
        }
      }
    }
  }

  /** Writes the gradients of the states before the first step of the backward pass. */
  void writeGradient(float[] to, int at, int batch) {
    int place = at;
    for (RecurrentLayer layer : layers) {
      for (int v = 0; v < layer.spec.stateVectors(); v++) {
        for (int r = 0; r < batch; r++, place += layer.hidden) {
          System.arraycopy(layer.s, layer.stateGradientAt(v, r), to, place, layer.hidden);
        }
      }
    }
  }
}
