package io.longcast.anomaly;

import io.longcast.series.Segment;
import java.io.Serializable;

/**
 * A series with what was expected of it.
 *
 * @param segment the series
 * @param from first step with a forecast; the steps before are for learning
 * @param to end of the steps with one
 * @param expectations of the forecaster
 */
record ForecastSeries(Segment segment, int from, int to, Expectations expectations)
    implements Serializable {}
