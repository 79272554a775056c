package io.longcast.model.recurrent;

/**
 * One recurrent layer: its recurrence, sizes and the layout of its flat parameters.
 *
 * <p>Layout, all row-major: input weights {@code [gates * hidden][inputs]}, recurrent weights
 * {@code [gates * hidden][hidden]}, bias {@code [gates * hidden]}, and for a GRU that resets after
 * the product the candidate's recurrent bias {@code [hidden]}. Gates in order: LSTM block input
 * (tanh), forget, output, input, which is the order of DL4J; GRU reset, update, candidate, which is
 * PyTorch's. DL4J stores its weights column-major and transposed, which is this very layout.
 *
 * @param kind the recurrence
 * @param inputs features a step, 1 or more
 * @param hidden units of the state, 1 or more
 * @param reset where a GRU applies its reset gate; others ignore it. Proposed default:
 *     after-product
 * @param activation activation of a plain recurrent cell; others ignore it. Proposed default: tanh
 */
public record CellSpec(
    CellKind kind, int inputs, int hidden, ResetGate reset, RnnActivation activation) {

  /** Checks the sizes. */
  public CellSpec {
    if (inputs < 1) {
      throw new IllegalArgumentException("inputs must be >= 1, found " + inputs);
    }
    if (hidden < 1) {
      throw new IllegalArgumentException("hidden must be >= 1, found " + hidden);
    }
  }

  /** A cell of a kind in its usual form: GRU resets after the product, RNN uses tanh. */
  public static CellSpec of(CellKind kind, int inputs, int hidden) {
    return new CellSpec(kind, inputs, hidden, ResetGate.AFTER_PRODUCT, RnnActivation.TANH);
  }

  /** Gates: 4 for LSTM, 3 for GRU, 1 for RNN. */
  public int gates() {
    return switch (kind) {
      case LSTM -> 4;
      case GRU -> 3;
      case RNN -> 1;
    };
  }

  /** Vectors of size {@code hidden} in the state of one row: 2 for LSTM (h, c), else 1 (h). */
  public int stateVectors() {
    return kind == CellKind.LSTM ? 2 : 1;
  }

  /** Whether a recurrent bias of the candidate follows the bias. */
  public boolean candidateBias() {
    return kind == CellKind.GRU && reset == ResetGate.AFTER_PRODUCT;
  }

  /** Where the recurrent weights begin, counted from the layer's first parameter. */
  public int recurrentAt() {
    return gates() * hidden * inputs;
  }

  /** Where the bias begins, counted from the layer's first parameter. */
  public int biasAt() {
    return recurrentAt() + gates() * hidden * hidden;
  }

  /** Where the candidate's recurrent bias begins, counted from the layer's first parameter. */
  public int candidateBiasAt() {
    return biasAt() + gates() * hidden;
  }

  /** Number of parameters. */
  public int parameters() {
    return candidateBiasAt() + (candidateBias() ? hidden : 0);
  }
}
