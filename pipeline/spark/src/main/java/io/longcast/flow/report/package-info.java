/** Collects what the report of a run shows from its tables and its model. */
package io.longcast.flow.report;
