package io.longcast.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.table.EventsTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * One message about an event.
 *
 * @param eventId of the event, the same in every run
 * @param state whether the event begins or ends
 * @param seriesId the series
 * @param start of the event; empty where its rows have no time
 * @param end of the event, exclusive, as far as it is known; empty likewise
 * @param score highest anomaly score, in [0, 1]
 * @param channels that took part, strongest first
 * @param kind what the event looks like
 * @param evidence in words
 * @param source name of the run and id of its model
 */
public record Alert(
    String eventId,
    State state,
    String seriesId,
    Optional<Instant> start,
    Optional<Instant> end,
    double score,
    List<String> channels,
    String kind,
    String evidence,
    Source source) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public Alert {
    channels = List.copyOf(channels);
  }

  /**
   * Who found the event.
   *
   * @param run name of the run
   * @param modelId id of the model
   */
  public record Source(String run, String modelId) {}

  /** What the message is about. */
  public enum State {
    /** The event began. */
    OPEN("trigger"),
    /** The event is over. */
    CLOSED("resolve");

    private final String action;

    State(String action) {
      this.action = action;
    }

    /** The word in the events table. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The message about a row of {@link EventsTable}. */
  static Alert of(Row event, State state, String run) {
    return new Alert(
        event.getAs(EventsTable.EVENT_ID),
        state,
        event.getAs(EventsTable.SERIES_ID),
        instant(event, EventsTable.START),
        instant(event, EventsTable.END),
        event.getAs(EventsTable.PEAK_SCORE),
        event.getList(event.fieldIndex(EventsTable.CHANNELS)),
        event.getAs(EventsTable.KIND),
        event.getAs(EventsTable.EVIDENCE),
        new Source(run, event.getAs(EventsTable.MODEL_ID)));
  }

  private static Optional<Instant> instant(Row event, String column) {
    return Optional.ofNullable(event.<Timestamp>getAs(column)).map(Timestamp::toInstant);
  }

  /** The same in every run: receivers that have seen it may drop the message. */
  public String key() {
    return eventId + "-" + state.word();
  }

  /** One sentence. */
  public String text() {
    String since = start.map(at -> " since " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    String until = end.map(at -> " until " + at.truncatedTo(ChronoUnit.SECONDS)).orElse("");
    return state == State.OPEN
        ? "%s: %s%s (%s)".formatted(seriesId, kind, since, evidence)
        : "%s: %s%s%s is over".formatted(seriesId, kind, since, until);
  }

  /** The fields by the names that templates use. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", key());
    fields.put("event_id", eventId);
    fields.put("state", state.word());
    fields.put("action", state.action);
    fields.put("series_id", seriesId);
    fields.put("start", start.map(Instant::toString).orElse(null));
    fields.put("end", end.map(Instant::toString).orElse(null));
    fields.put("score", score);
    fields.put("channels", channels);
    fields.put("kind", kind);
    fields.put("evidence", evidence);
    fields.put("model_id", source.modelId());
    fields.put("run", source.run());
    fields.put("text", text());
    return fields;
  }

  /** All fields as one line of JSON. */
  public String json() {
    return json(fields());
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("cannot be written as JSON: " + value, impossible);
    }
  }
}
