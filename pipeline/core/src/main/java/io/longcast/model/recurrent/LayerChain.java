package io.longcast.model.recurrent;

import io.longcast.model.recurrent.RecurrentLayer.Capacity;
import java.util.List;

/** Layers made to fit one upon the other, in one arena; some room is left above the top one. */
final class LayerChain {
  final RecurrentLayer[] layers;
  final RecurrentLayer top;

  /** Where {@code [time][padded batch][padded units]} gradients of the top layer's states go. */
  final int stateGradients;

  final float[] arena;

  LayerChain(List<CellSpec> specs, Capacity capacity) {
    check(specs);
    Arena plan = new Arena();
    layers = new RecurrentLayer[specs.size()];
    for (int l = 0; l < layers.length; l++) {
      CellSpec spec = specs.get(l);
      layers[l] = layer(spec, l == 0 ? spec.inputs() : layers[l - 1].width, capacity, plan);
    }
    top = layers[layers.length - 1];
    stateGradients = plan.take((long) capacity.rows() * capacity.steps() * top.width);
    arena = plan.floats();
    for (RecurrentLayer layer : layers) {
      layer.bind(arena);
    }
  }

  private static void check(List<CellSpec> specs) {
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("layers must be >= 1, found 0");
    }
    for (int l = 1; l < specs.size(); l++) {
      int below = specs.get(l - 1).hidden();
      if (specs.get(l).inputs() != below) {
        throw new IllegalArgumentException(
            "inputs of layer " + l + " must be " + below + ", found " + specs.get(l).inputs());
      }
    }
  }

  private static RecurrentLayer layer(CellSpec spec, int inputs, Capacity capacity, Arena arena) {
    return switch (spec.kind()) {
      case LSTM -> new LstmLayer(spec, inputs, capacity, arena);
      case RNN -> new RnnLayer(spec, inputs, capacity, arena);
      case GRU ->
          spec.reset() == ResetGate.AFTER_PRODUCT
              ? new GruLayer(spec, inputs, capacity, arena)
              : new GruBeforeLayer(spec, inputs, capacity, arena);
    };
  }

  /** The layer above one, or null for the top. */
  RecurrentLayer above(int l) {
    return l + 1 < layers.length ? layers[l + 1] : null;
  }
}
