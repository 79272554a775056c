package io.longcast.spark;

import io.longcast.sparkinternals.EngineParams;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;

/** Params as words {@code key=value} of the command line. */
final class Words {
  /** Training inside a session writes nothing unless a folder for checkpoints is set. */
  static final List<String> WITHOUT_CHECKPOINTS =
      List.of("training.checkpoint.everyRounds=0", "training.checkpoint.every=0s");

  private Words() {}

  /** Declared Params and those of other settings that are set, so that copies keep both. */
  static Param<?>[] withSettings(Param<?>[] declared, ParamMap set) {
    List<Param<?>> all = new ArrayList<>(List.of(declared));
    for (ParamPair<?> pair : EngineParams.pairs(set)) {
      if (!all.contains(pair.param())) {
        all.add(pair.param());
      }
    }
    return all.toArray(Param<?>[]::new);
  }

  /** The words of all settings in a map, by key. */
  static List<String> of(ParamMap params) {
    TreeMap<String, String> values = new TreeMap<>();
    for (ParamPair<?> pair : EngineParams.pairs(params)) {
      if (pair.param() instanceof SettingParam<?> setting) {
        values.put(setting.key(), SettingParam.word(pair.value()));
      }
    }
    List<String> words = new ArrayList<>();
    values.forEach((key, value) -> words.add(key + "=" + value));
    return words;
  }
}
