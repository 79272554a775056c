package io.longcast.bench;

import io.longcast.model.recurrent.CellKind;
import java.util.Locale;

/**
 * One line to a process: run this for about so long.
 *
 * @param training whole training steps instead of forecasts
 * @param seconds above 0
 */
record KernelOrder(boolean training, KernelWorkload workload, CellKind cell, double seconds) {

  /** {@code train W1 LSTM 0.500}. */
  String text() {
    String mode = training ? "train" : "infer";
    return String.format(Locale.ROOT, "%s %s %s %.3f", mode, workload, cell, seconds);
  }

  static KernelOrder of(String text) {
    String[] words = text.trim().split(" ");
    return new KernelOrder(
        words[0].equals("train"),
        KernelWorkload.valueOf(words[1]),
        CellKind.valueOf(words[2]),
        Double.parseDouble(words[3]));
  }

  boolean isFor(KernelOrder other) {
    return workload == other.workload && cell == other.cell;
  }
}
