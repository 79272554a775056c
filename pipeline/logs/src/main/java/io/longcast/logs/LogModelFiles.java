package io.longcast.logs;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.logs.language.KeyLanguageModel;
import io.longcast.logs.language.KeyModelSpec;
import io.longcast.logs.language.RankCheck;
import io.longcast.logs.sequence.NormalSessions;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.sequence.SessionTotals;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateMatcher;
import io.longcast.logs.template.TemplateSpec;
import io.longcast.model.bundle.ModelBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A log model as the files of a bundle: {@code log.json} with the settings and the choice, {@code
 * templates.json}, {@code sessions.txt} with a normal session a line (how often, then its keys),
 * and {@code parameters.bin} of the language model.
 */
public final class LogModelFiles {
  private static final String LOG = "log.json";
  private static final String TEMPLATES = "templates.json";
  private static final String SESSIONS = "sessions.txt";
  private static final String PARAMETERS = "parameters.bin";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
          .build();

  private LogModelFiles() {}

  /**
   * @param tokenRules version of the rules by which the templates were learned; null before there
   *     was one
   * @param rankChance null where it was not measured apart
   * @param totals of all normal sessions; null before they were counted apart: all were kept then
   */
  private record Description(
      Integer tokenRules,
      TemplateSpec templates,
      SequenceSpec sequences,
      KeyModelSpec model,
      int rankTop,
      double minEnd,
      Double rankChance,
      SequenceModel.Choice choice,
      Map<Integer, Long> gaps,
      SessionTotals totals,
      long unmatchedLines) {}

  /** The files of a model. */
  public static Map<String, byte[]> write(LogModel model) {
    SequenceModel sequences = model.sequences();
    RankCheck ranks = sequences.ranks();
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        LOG,
        json(
            new Description(
                TemplateMatcher.RULES,
                model.templateSpec(),
                sequences.spec(),
                ranks.model().spec(),
                ranks.top(),
                ranks.minEnd(),
                ranks.chance(),
                sequences.choice(),
                new TreeMap<>(sequences.normal().longestGaps()),
                sequences.normal().all(),
                sequences.normal().unmatchedLines())));
    files.put(TEMPLATES, json(model.templates()));
    files.put(SESSIONS, sessions(sequences.normal().kept()));
    files.put(PARAMETERS, floats(ranks.model().parameters()));
    return files;
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a log model cannot be written as JSON", e);
    }
  }

  private static byte[] sessions(SessionSet normal) {
    return IntStream.range(0, normal.counts().length)
        .mapToObj(
            i ->
                normal.counts()[i]
                    + Arrays.stream(normal.sequences().get(i))
                        .mapToObj(key -> " " + key)
                        .collect(Collectors.joining()))
        .collect(Collectors.joining("\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] floats(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the bundle is not of a log model
   */
  public static LogModel read(ModelBundle bundle) {
    try {
      Description found = JSON.readValue(bundle.file(LOG), Description.class);
      requireRules(found, bundle);
      List<Template> templates =
          JSON.readValue(bundle.file(TEMPLATES), new TypeReference<List<Template>>() {});
      NormalSessions normal = normal(found, sessions(bundle.file(SESSIONS), templates.size()));
      KeyLanguageModel model =
          new KeyLanguageModel(found.model(), templates.size(), floats(bundle.file(PARAMETERS)));
      return new LogModel(
          found.templates(),
          templates,
          SequenceModel.of(
              found.sequences(),
              normal,
              new RankCheck(model, found.rankTop(), found.minEnd(), rankChance(found, normal)),
              found.choice()));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the model " + bundle.manifest().modelId() + " cannot be used: it is not one of logs", e);
    }
  }

  private static void requireRules(Description found, ModelBundle bundle) {
    if (!Integer.valueOf(TemplateMatcher.RULES).equals(found.tokenRules())) {
      throw new IllegalArgumentException(
          "the model "
              + bundle.manifest().modelId()
              + " cannot be used: its templates were learned by older rules; train again (rules "
              + TemplateMatcher.RULES
              + ", found "
              + found.tokenRules()
              + ")");
    }
  }

  private static NormalSessions normal(Description found, SessionSet kept) {
    SessionTotals all = found.totals() == null ? SessionTotals.of(kept) : found.totals();
    return new NormalSessions(kept, all, found.gaps(), found.unmatchedLines());
  }

  /** Where it was not measured apart: the false alarms of the choice, one more counted. */
  private static double rankChance(Description found, NormalSessions normal) {
    return found.rankChance() != null
        ? found.rankChance()
        : (found.choice().modelFalseAlarms() * normal.kept().total() + 1)
            / (normal.kept().total() + 1);
  }

  private static SessionSet sessions(byte[] file, int keys) {
    List<int[]> sequences = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    for (String line : new String(file, StandardCharsets.UTF_8).split("\n")) {
      String[] words = line.split(" ");
      counts.add(Long.parseLong(words[0]));
      sequences.add(Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray());
    }
    return new SessionSet(sequences, counts.stream().mapToLong(Long::longValue).toArray(), keys);
  }

  private static float[] floats(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.length / 4];
    buffer.asFloatBuffer().get(values);
    return values;
  }
}
