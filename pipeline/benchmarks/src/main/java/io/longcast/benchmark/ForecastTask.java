package io.longcast.benchmark;

import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.util.List;

/**
 * What a trainer gets: training rows alone, and what is asked of the forecaster.
 *
 * @param name of the task within its benchmark, such as {@code multivariate-96}
 * @param segments whole series that end with the training rows
 * @param layout names of their rows
 * @param horizon steps to forecast
 * @param season steps of a season, 1 for none
 */
public record ForecastTask(
    String name, List<Segment> segments, SeriesLayout layout, int horizon, int season) {}
