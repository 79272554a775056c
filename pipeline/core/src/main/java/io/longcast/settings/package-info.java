/** Checks of settings and the exception that names the settings key at fault. */
package io.longcast.settings;
