package io.longcast.model.zero.training;

import io.longcast.state.StateFields;
import io.longcast.state.StateFormat;

/** What a training holds between two steps. */
final class PretrainState {
  private static final StateFormat FORMAT =
      new StateFormat(
          "pretraining", 1, "start anew with another folder (pretrain.folder) or delete the file");

  final float[] parameters;

  /** Exponential mean of the parameters. */
  final float[] average;

  /** First, then second moments. */
  final float[] moments;

  long step;

  /** Mean of the newest losses. */
  double loss;

  PretrainState(float[] initial) {
    parameters = initial.clone();
    average = initial.clone();
    moments = new float[2 * initial.length];
  }

  private void fields(StateFields fields, String identity) {
    fields.same("pretrain", identity);
    step = fields.number(step);
    loss = fields.real(loss);
    fields.reals(parameters);
    fields.reals(average);
    fields.reals(moments);
  }

  /** The stored form. */
  byte[] toBytes(PretrainSpec spec) {
    return FORMAT.write(fields -> fields(fields, spec.identity()));
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws io.longcast.state.StateFormatException if the bytes are damaged, or of other settings
   */
  static PretrainState of(byte[] bytes, PretrainSpec spec, int parameters) {
    return FORMAT.read(
        bytes,
        fields -> {
          PretrainState state = new PretrainState(new float[parameters]);
          state.fields(fields, spec.identity());
          return state;
        });
  }
}
