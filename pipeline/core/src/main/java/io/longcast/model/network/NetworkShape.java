package io.longcast.model.network;

import io.longcast.model.ModelOutput.Loss;
import io.longcast.model.ModelSpec;
import io.longcast.model.ModelSpec.Shape;
import io.longcast.model.NetworkInputs;
import io.longcast.settings.SettingException;

/**
 * The recurrent steps of a network.
 *
 * @param patch steps of the series a recurrent step covers
 * @param contextPatches recurrent steps over the context
 * @param horizonPatches recurrent steps with separate outputs, 0 if the last state makes all of
 *     them
 * @param labels whether these are the newest steps of the context, which get a label each, instead
 *     of steps over the horizon
 */
public record NetworkShape(int patch, int contextPatches, int horizonPatches, boolean labels) {

  /** The steps of a resolved spec. */
  public static NetworkShape of(ModelSpec model, NetworkInputs inputs) {
    int context = inputs.contextLength();
    int patch =
        model.shape() == Shape.ONE_TO_ONE ? context : Math.min(model.patchLength(), context);
    boolean one = model.shape() == Shape.ONE_TO_ONE || model.shape() == Shape.ONE_TO_MANY;
    boolean direct = model.shape() == Shape.ONE_TO_ONE || model.shape() == Shape.MANY_TO_ONE;
    boolean labels = !direct && model.output().loss() == Loss.CROSS_ENTROPY;
    if (labels) {
      requireLabelsInContext(inputs, patch);
    }
    return new NetworkShape(
        patch,
        one ? 1 : context / patch,
        direct ? 0 : (inputs.horizon() + patch - 1) / patch,
        labels);
  }

  private static void requireLabelsInContext(NetworkInputs inputs, int patch) {
    if (inputs.horizon() > inputs.contextLength() || inputs.horizon() % patch != 0) {
      throw new SettingException(
          "window.horizon",
          "labels per step are of the newest steps of the context: horizon must be a multiple of"
              + " patchLength = "
              + patch
              + " and at most contextLength = "
              + inputs.contextLength()
              + ", found "
              + inputs.horizon());
    }
  }

  /** Recurrent steps over the horizon by the layers that read the context. */
  public int stepsBeyond(boolean decoderApart) {
    return labels || decoderApart ? 0 : horizonPatches;
  }
}
