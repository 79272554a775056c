package io.longcast.logs.language;

import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.model.ModelSpec.Updater;
import io.longcast.model.recurrent.CellKind;
import java.util.Arrays;
import java.util.List;

/** Small models of the tests. */
final class KeyModels {
  private KeyModels() {}

  static KeyModelSpec spec(CellKind cell, int hidden, Input input) {
    return new KeyModelSpec(cell, 1, hidden, input, 8, false, 64, 1, updater(1));
  }

  static Updater updater(double clip) {
    return new Updater(0.9, 0.999, 1e-7, clip);
  }

  /** A word as a session, letters in alphabetical order as keys. */
  static int[] word(String word, String alphabet) {
    return word.chars().map(alphabet::indexOf).toArray();
  }

  static String text(int[] session, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int key : session) {
      text.append(alphabet.charAt(key));
    }
    return text.toString();
  }

  static SessionSet set(int keys, int[]... sessions) {
    return SessionSet.of(List.copyOf(Arrays.asList(sessions)), keys);
  }
}
