/**
 * The flows, one stage a line: settings and a Spark session come in; tables, bundles and an account
 * of what was done go out. Always holds: every input row is used or listed with its reason; every
 * series has a forecast or a status; no model is reported without its baselines.
 */
package io.longcast.flow;
