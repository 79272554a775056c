package io.longcast.clean;

import io.longcast.series.Frequency;
import io.longcast.series.SeriesLayout;
import java.io.Serializable;
import java.time.ZoneId;

/**
 * The resolved settings for one table.
 *
 * @param layout names of channels and covariates
 * @param spec the settings
 * @param frequency the grid's step; null where rows are kept as they are
 * @param codes codes of the static columns
 * @param repeatedHourZone zone of local times whose repeated hour is resolved by file order, or
 *     null
 */
record CleanPlan(
    SeriesLayout layout,
    CleanSpec spec,
    Frequency frequency,
    CategoryCodes codes,
    ZoneId repeatedHourZone)
    implements Serializable {}
