package io.longcast.flow;

import io.longcast.model.bundle.ModelBundle;
import io.longcast.model.bundle.NetworkFiles;
import io.longcast.model.dl4j.onnx.OnnxExport;
import io.longcast.pipeline.PretrainedModels;
import io.longcast.pipeline.ServedBaseline;
import io.longcast.pipeline.ServingState;
import java.util.Map;
import java.util.TreeMap;

/** The network of a bundle as an ONNX file. */
public final class OnnxFlow {
  private OnnxFlow() {}

  /**
   * Writes the network that forecasts. Its quantiles are its own: the correction of intervals in
   * the bundle is no part of the graph.
   *
   * @param anyway whether to write the network where a baseline forecasts in its place
   * @throws IllegalArgumentException if the model forecasts by something that ONNX cannot hold; the
   *     message names it
   */
  public static byte[] write(ModelBundle bundle, boolean anyway) {
    String id = bundle.manifest().modelId();
    if (PretrainedModels.isIn(bundle)) {
      throw new IllegalArgumentException(
          "ONNX cannot hold the model %s: it forecasts by the pretrained network longcast-zero"
              .formatted(id));
    }
    ServingState state = ServingState.fromBytes(bundle.file(ServingState.FILE));
    if (!anyway && state.servedBaseline().isPresent()) {
      ServedBaseline best = state.servedBaseline().get();
      throw new IllegalArgumentException(
          ("ONNX cannot hold the baseline %s, which forecasts in place of the network of %s;"
                  + " --network exports that network")
              .formatted(best.baseline().word(), id));
    }
    if (!anyway && state.combination().isPresent()) {
      throw new IllegalArgumentException(
          ("ONNX cannot hold the mean of %s, by which %s forecasts; --network exports its network"
                  + " alone")
              .formatted(state.combination().get().combination().described(), id));
    }
    return OnnxExport.write(
        NetworkFiles.network(bundle), NetworkFiles.parameters(bundle), notes(bundle, state));
  }

  private static Map<String, String> notes(ModelBundle bundle, ServingState state) {
    Map<String, String> notes = new TreeMap<>();
    notes.put("model_id", bundle.manifest().modelId());
    notes.put("name", bundle.manifest().name());
    notes.put("frequency", state.frequency());
    notes.put("channels", state.layout().channels().toString());
    notes.put("other_channels_as_past", "" + state.otherChannels());
    notes.put("past_covariates", state.layout().pastCovariates().toString());
    notes.put("known_covariates", state.layout().knownCovariates().toString());
    notes.put("calendar", state.calendar().toString());
    notes.put("static_covariates", state.layout().staticCovariates().toString());
    notes.put("static_codes", state.codes().toString());
    return notes;
  }
}
