package io.longcast.logs;

import io.longcast.logs.language.KeyLanguageModel;
import io.longcast.logs.sequence.CountVectorCheck;
import io.longcast.logs.sequence.FindingReason;
import io.longcast.logs.sequence.NearestSession;
import io.longcast.logs.sequence.SessionFinding;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.logs.template.Template;
import io.longcast.logs.template.TemplateSpec;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What was learned from normal lines. Key {@code k} is the template {@code templates.get(k)}.
 *
 * @param templateSpec how lines are cut into tokens
 * @param templates of the training lines in canonical order
 * @param sequences what normal sessions look like
 */
public record LogModel(TemplateSpec templateSpec, List<Template> templates, SequenceModel sequences)
    implements Serializable {
  private static final int EXPECTED = 5;
  private static final int SHOWN_EDITS = 6;

  /**
   * What was expected at a place.
   *
   * @param key a template, or the end of the session
   * @param probability of it
   */
  record Expectation(int key, double probability) {}

  public LogModel {
    templates = List.copyOf(templates);
  }

  /** The keys most probable at a position by the language model, with their probabilities. */
  List<Expectation> expected(int[] session, int position) {
    KeyLanguageModel model = sequences.ranks().model();
    int[] before = Arrays.copyOf(session, Math.min(position, session.length));
    float[] row = model.probabilities(List.of(before)).get(0)[before.length];
    return IntStream.range(0, row.length)
        .mapToObj(key -> new Expectation(key, row[key]))
        .sorted(
            Comparator.comparingDouble((Expectation e) -> -e.probability())
                .thenComparingInt(Expectation::key))
        .limit(EXPECTED)
        .toList();
  }

  /** How the session differs from the nearest normal one. */
  public String difference(int[] session) {
    return sequences.nearest().edits(session).stream()
        .limit(SHOWN_EDITS)
        .map(
            edit ->
                (edit.extra() ? "extra at " : "missing before ")
                    + edit.position()
                    + ": "
                    + text(edit.key()))
        .collect(Collectors.joining("; "));
  }

  /**
   * The position to look at: where counts miss something, where the nearest normal session has it.
   */
  int position(int[] session, SessionFinding finding) {
    boolean missing =
        finding.check().equals(CountVectorCheck.NAME) && finding.position() >= session.length;
    return missing
        ? sequences.nearest().edits(session).stream()
            .findFirst()
            .map(NearestSession.Edit::position)
            .orElse(finding.position())
        : finding.position();
  }

  /** A session as lines that a person can read: the template of each key, then the end. */
  public List<String> lines(int[] session) {
    return Arrays.stream(session).mapToObj(this::text).toList();
  }

  /** A reason with the texts of templates in place of their numbers. */
  String readable(FindingReason reason) {
    return reason.text(key -> "\"" + text(key) + "\"");
  }

  /** The template of a key; words for the end and for what was never seen. */
  String text(int key) {
    return key == SessionSet.UNSEEN
        ? "(unknown message)"
        : key == templates.size() ? "(end of session)" : templates.get(key).text();
  }

  /** Id of a key's template, null for the end and for what was never seen. */
  String id(int key) {
    return key < 0 || key >= templates.size() ? null : templates.get(key).id();
  }
}
