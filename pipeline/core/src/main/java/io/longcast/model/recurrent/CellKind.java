package io.longcast.model.recurrent;

/** Which recurrence a cell computes. */
public enum CellKind {
  /** Long short-term memory without peepholes (Gers, Schmidhuber and Cummins, 2000). */
  LSTM,
  /** Gated recurrent unit (Cho et al., 2014); see {@link ResetGate} for its two forms. */
  GRU,
  /** Plain recurrent network (Elman, 1990); see {@link RnnActivation}. */
  RNN
}
