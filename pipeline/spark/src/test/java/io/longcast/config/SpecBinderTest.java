package io.longcast.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecBinderTest {
  @TempDir Path folder;

  enum Sampling {
    PERMUTATION,
    SERIES_UNIFORM
  }

  record Part(String name, int weight) {}

  record All(
      int count,
      long big,
      double rate,
      boolean on,
      String text,
      Sampling sampling,
      Duration pause,
      Optional<Integer> most,
      List<Double> levels,
      Map<String, String> options,
      Part part,
      List<Part> parts) {}

  private static final String GOOD =
      """
      count = 3, big = 5000000000, rate = 1e-3, on = true, text = hello there
      sampling = series-uniform, pause = 90s, most = null, levels = [0.1, 1]
      options { mergeSchema = true, a.b = 1 }, part { name = p, weight = 1 }
      parts = [ { name = q, weight = 2 } ]
      """;

  @Test
  void fillsEveryTypeOfComponent() {
    assertThat(bind(GOOD))
        .isEqualTo(
            new All(
                3,
                5_000_000_000L,
                1e-3,
                true,
                "hello there",
                Sampling.SERIES_UNIFORM,
                Duration.ofSeconds(90),
                Optional.empty(),
                List.of(0.1, 1.0),
                Map.of("mergeSchema", "true", "a.b", "1"),
                new Part("p", 1),
                List.of(new Part("q", 2))));
  }

  @Test
  void fillsAnOptional() {
    assertThat(bind(GOOD + "most = 4").most()).contains(4);
  }

  @Test
  void reportsEachWrongType() {
    String bad =
        GOOD
            + "count = 1.5, big = x, rate = fast, on = yes, text = true, sampling = random\n"
            + "pause = 5, most = many, levels = 3, options = 1, part = 2, parts = [ { name = z } ]";
    assertThatThrownBy(() -> bind(bad))
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("12 problems")
        .hasMessageContaining("count must be a whole number, found 1.5")
        .hasMessageContaining("on must be true or false, found \"yes\"")
        .hasMessageContaining("sampling must be one of permutation, series-uniform")
        .hasMessageContaining("pause must be a duration with its unit")
        .hasMessageContaining("levels must be a list")
        .hasMessageContaining("missing key parts[0].weight");
  }

  @Test
  void neverShowsASecret() {
    String bad = GOOD.replace("text = hello there", "text = a") + "password = hunter2";
    assertThatThrownBy(() -> bind(bad))
        .hasMessageContaining("unknown key password")
        .hasMessageNotContaining("hunter2");
    assertThat(Secrets.shown("a.password", object("password = hunter2").get("password")))
        .isEqualTo(Secrets.HIDDEN);
  }

  record Range(int low, int high) {
    Range {
      SettingChecks.atLeast(low, 0, "range.low");
      if (low > high) {
        throw new SettingException(
            List.of("range.low", "range.high"), "low must be <= high, found (key other.key)");
      }
    }
  }

  record Ranged(Range range, int limit) {
    Ranged {
      if (range.high() > limit) {
        throw new SettingException("range.high", "high must be <= limit, found " + range.high());
      }
    }
  }

  private static final String RANGED = "range { low = 1, high = 4 }, limit = 9";

  @Test
  void placesARefusalAtTheSettingThatItsKeyNames() {
    assertThatThrownBy(() -> ranged("range {\n  low = 2\n  high = 4\n}\nlimit = 3"))
        .hasMessageContaining(":3: high must be <= limit, found 4 (key range.high)");
    assertThatThrownBy(() -> ranged("range {\n  low = -1\n  high = 4\n}\nlimit = 3"))
        .as("a stand-in takes the refused value's place, so that the next problem is found too")
        .hasMessageStartingWith("2 problems")
        .hasMessageContaining(":2: low must be >= 0, found -1 (key range.low)")
        .hasMessageContaining(":3: high must be <= limit");
  }

  @Test
  void placesAContradictionAtTheKeyThatDiffersFromTheReference() {
    assertThatThrownBy(() -> ranged("range {\n  low = 1\n  high = 0\n}\nlimit = 9"))
        .hasMessageContaining(":3: low must be <= high")
        .hasMessageContaining("(keys range.low, range.high)");
  }

  @Test
  void doesNotReadTheKeyOutOfAMessage() {
    assertThatThrownBy(
            () -> SpecBinder.bind(Texts.class, fromFile("\n\nfirst = a"), object("first = b")))
        .hasMessageContaining("1 problem")
        .hasMessageNotContaining(":3:");
  }

  record Texts(String first) {
    Texts {
      throw new IllegalArgumentException("wrong (key first)");
    }
  }

  private Ranged ranged(String text) {
    return SpecBinder.bind(Ranged.class, fromFile(text), object(RANGED));
  }

  private static All bind(String text) {
    return SpecBinder.bind(All.class, object(text), object(GOOD));
  }

  private ConfigObject fromFile(String text) {
    Path file = folder.resolve("run.conf");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ConfigFactory.parseFile(file.toFile()).root();
  }

  private static ConfigObject object(String text) {
    return ConfigFactory.parseString(text).root();
  }
}
