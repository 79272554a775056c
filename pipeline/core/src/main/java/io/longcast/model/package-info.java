/** The seam between data and models: forecasters, their settings, bundles and baselines. */
package io.longcast.model;
