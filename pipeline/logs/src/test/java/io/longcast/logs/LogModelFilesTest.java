package io.longcast.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longcast.logs.language.KeyLanguageModel;
import io.longcast.logs.language.RankCheck;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.sequence.SessionTotals;
import io.longcast.logs.template.Template;
import io.longcast.model.bundle.Manifest;
import io.longcast.model.bundle.ModelBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogModelFilesTest {
  private static final int KEYS = 2;
  private static final SessionSet KEPT =
      new SessionSet(List.of(new int[] {0, 1}), new long[] {99}, KEYS);
  private static final SessionTotals ALL =
      SessionTotals.of(
          new SessionSet(List.of(new int[] {0, 1}, new int[] {1, 1}), new long[] {99, 1}, KEYS));

  private static LogModel model() {
    float[] parameters = new float[LogSpecs.MODEL.parameters(KEYS)];
    return new LogModel(
        LogSpecs.spec().templates(),
        List.of(new Template("boot", 99), new Template("sleep", 99)),
        SequenceModel.of(
            LogSpecs.SEQUENCES,
            new NormalSessions(KEPT, ALL, Map.of(1, 70L), 3),
            new RankCheck(new KeyLanguageModel(LogSpecs.MODEL, KEYS, parameters), 2, 0, 0.01),
            new SequenceModel.Choice(true, 0, 1, 1 / 99.0, 1, 0, 0, 1)));
  }

  /** The bundle without the lines of log.json that have a word. */
  private static ModelBundle bundleWithout(String word) {
    Map<String, byte[]> files = new TreeMap<>(LogModelFiles.write(model()));
    String log = new String(files.get("log.json"), StandardCharsets.UTF_8);
    return bundle(files, log.replaceAll(".*" + word + ".*\n", ""));
  }

  private static ModelBundle bundle(Map<String, byte[]> files, String log) {
    files.put("log.json", log.getBytes(StandardCharsets.UTF_8));
    Manifest draft =
        new Manifest(
            1, "", "logs", "", 1, "", "", Map.of(), Map.of(), Map.of(), Map.of(), Map.of());
    return ModelBundle.of(draft, files);
  }

  @Test
  void readsWhatItWrote() {
    LogModel read = LogModelFiles.read(bundleWithout("nothing"));
    assertThat(read.sequences().choice()).isEqualTo(model().sequences().choice());
    assertThat(read.sequences().ranks().chance()).isEqualTo(0.01);
    assertThat(read.sequences().normal())
        .usingRecursiveComparison()
        .isEqualTo(model().sequences().normal());
    assertThat(read.sequences().shares()).isEqualTo(model().sequences().shares());
    assertThat(read.sequences().normal().leftOut()).isOne();
  }

  @Test
  void totalsThatWereNotCountedApartAreThoseOfTheKeptSessions() throws IOException {
    Map<String, byte[]> files = new TreeMap<>(LogModelFiles.write(model()));
    ObjectNode log = (ObjectNode) new ObjectMapper().readTree(files.get("log.json"));
    assertThat(log.remove("totals")).isNotNull();
    LogModel read = LogModelFiles.read(bundle(files, log.toString()));
    assertThat(read.sequences().normal().all())
        .usingRecursiveComparison()
        .isEqualTo(SessionTotals.of(KEPT));
  }

  @Test
  void refusesTemplatesOfOlderRules() {
    assertThatThrownBy(() -> LogModelFiles.read(bundleWithout("tokenRules")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("templates were learned by older rules; train again");
  }

  @Test
  void aChanceThatWasNotMeasuredApartIsThatOfTheChoice() {
    LogModel read = LogModelFiles.read(bundleWithout("rankChance"));
    assertThat(read.sequences().ranks().chance()).isCloseTo(0.02, within(1e-12));
  }
}
