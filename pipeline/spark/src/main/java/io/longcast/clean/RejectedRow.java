package io.longcast.clean;

import java.io.Serializable;

/**
 * A row that is not used.
 *
 * @param stage read or clean
 * @param file its file, or null
 * @param seriesId its series, or null
 * @param micros its time in microseconds since 1970, or {@link SeriesBuffer#NO_TIME}
 * @param reason why
 * @param record the row as JSON
 */
record RejectedRow(
    String stage, String file, String seriesId, long micros, String reason, String record)
    implements Serializable {}
