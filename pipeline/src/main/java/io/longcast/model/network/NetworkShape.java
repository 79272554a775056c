package io.longcast.model.network;

import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;

/**
 * The recurrent steps of a network.
 *
 * @param patch steps of the series a recurrent step covers
 * @param contextPatches recurrent steps over the context
 * @param horizonPatches recurrent steps over the horizon, 0 if the last state makes all of it
 */
record NetworkShape(int patch, int contextPatches, int horizonPatches) {

  static NetworkShape of(ModelSpec model, NetworkInputs inputs) {
    int context = inputs.contextLength();
    int patch =
        model.shape() == Shape.ONE_TO_ONE ? context : Math.min(model.patchLength(), context);
    boolean one = model.shape() == Shape.ONE_TO_ONE || model.shape() == Shape.ONE_TO_MANY;
    boolean direct = model.shape() == Shape.ONE_TO_ONE || model.shape() == Shape.MANY_TO_ONE;
    return new NetworkShape(
        patch, one ? 1 : context / patch, direct ? 0 : (inputs.horizon() + patch - 1) / patch);
  }
}
