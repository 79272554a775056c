package io.longcast.logs.language;

import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.recurrent.CellKind;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;

/**
 * The language model of keys: section {@code logs.model}.
 *
 * @param cell of the layers; default {@code lstm}
 * @param layers stacked, at least 1; default 1
 * @param hidden units a layer, at least 1; default 48
 * @param input how a key enters; default {@code embedding}
 * @param embedding numbers a key becomes, at least 1; not used with {@code one-hot}; default 16
 * @param runningCounts whether log(1 + count so far) of every key is an input in addition to the
 *     key; default true
 * @param chunk steps through which the gradient goes back; longer sessions are trained in chunks
 *     with the state carried on; at least 1; default 64
 * @param memory steps that the gates of a new LSTM or GRU are set to remember at most (chrono
 *     initialization; Tallec and Ollivier 2018), 1: biases as drawn; at least 1; default 1
 * @param updater of the parameters
 */
public record KeyModelSpec(
    CellKind cell,
    int layers,
    int hidden,
    Input input,
    int embedding,
    boolean runningCounts,
    int chunk,
    int memory,
    Updater updater)
    implements Serializable {

  /** How a key enters the network. */
  public enum Input {
    /** A learned vector a key. */
    EMBEDDING,
    /** A one among zeros. */
    ONE_HOT
  }

  public KeyModelSpec {
    SettingChecks.atLeast(layers, 1, "logs.model.layers");
    SettingChecks.atLeast(hidden, 1, "logs.model.hidden");
    SettingChecks.atLeast(embedding, 1, "logs.model.embedding");
    SettingChecks.atLeast(chunk, 1, "logs.model.chunk");
    SettingChecks.atLeast(memory, 1, "logs.model.memory");
  }

  /** Number of parameters of the network for a vocabulary size. */
  public int parameters(int keys) {
    return new KeyLayout(this, keys).length;
  }
}
