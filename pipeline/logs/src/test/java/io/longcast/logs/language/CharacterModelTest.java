package io.longcast.logs.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.logs.language.KeyModelSpec.Input;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.model.recurrent.CellKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
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

  @Test
  void samplesVaryWithTheTemperatureAndStopAtTheEnd() {
    SessionSet words =
        new SessionSet(
            List.of(KeyModels.word("data", "adt"), KeyModels.word("tad", "adt")),
            new long[] {90, 10},
            3);
    KeyLanguageModel model =
        KeyTraining.fit(
                words,
                KeyModels.spec(CellKind.GRU, 16, Input.ONE_HOT),
                new KeyTrainingSpec(200, 16, 0.02, 1))
            .model();
    assertThat(said(model, 0)).as("always the most probable").containsOnlyKeys("data");
    Map<String, Long> learned = said(model, 1);
    assertThat(learned.get("data") + learned.get("tad")).as("%s", learned).isGreaterThan(170);
    assertThat(learned.get("tad")).as("a quarter, by the roots of the counts").isBetween(25L, 75L);
    assertThat(said(model, 0.3).getOrDefault("tad", 0L)).isLessThan(learned.get("tad"));
    assertThat(said(model, 5)).as("hot").hasSizeGreaterThan(20);
    assertThat(model.sample(1, 2, 1)).as("broken off").hasSize(2);
    assertThat(model.sample(1, 20, 9)).isEqualTo(model.sample(1, 20, 9));
  }

  private static Map<String, Long> said(KeyLanguageModel model, double temperature) {
    Map<String, Long> words = new TreeMap<>();
    for (int seed = 0; seed < 200; seed++) {
      words.merge(KeyModels.text(model.sample(temperature, 20, seed), "adt"), 1L, Long::sum);
    }
    return words;
  }
}
