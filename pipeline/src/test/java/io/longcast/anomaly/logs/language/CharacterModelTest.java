package io.longcast.anomaly.logs.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.anomaly.logs.language.KeyModelSpec.Input;
import io.longcast.model.recurrent.CellKind;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A language model of characters, one word long. */
class CharacterModelTest {
  @ParameterizedTest
  @CsvSource({
    "hello, LSTM, EMBEDDING",
    "hello, GRU, ONE_HOT",
    "hello, RNN, ONE_HOT",
    "data, LSTM, ONE_HOT",
    "data, GRU, EMBEDDING",
    "data, RNN, EMBEDDING"
  })
  void learnsThePairsOfAWordAndGeneratesIt(String word, CellKind cell, Input input) {
    String alphabet =
        word.chars()
            .sorted()
            .distinct()
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    int[] session = KeyModels.word(word, alphabet);
    KeyLanguageModel model =
        KeyTraining.fit(
                KeyModels.set(alphabet.length(), session),
                KeyModels.spec(cell, 16, input),
                new KeyTrainingSpec(150, 4, 0.02, 1))
            .model();
    float[][] steps = model.probabilities(List.of(session)).get(0);
    for (int i = 0; i < session.length; i++) {
      assertThat(steps[i][session[i]])
          .as("%s after %s", word.charAt(i), word.substring(0, i))
          .isGreaterThan(0.9f);
    }
    assertThat(steps[session.length][alphabet.length()]).as("the end").isGreaterThan(0.9f);
    assertThat(KeyModels.text(model.sample(0, 20, 1), alphabet)).isEqualTo(word);
    assertThat(model.perplexity(List.of(session))).isBetween(1.0, 1.1);
  }
}
