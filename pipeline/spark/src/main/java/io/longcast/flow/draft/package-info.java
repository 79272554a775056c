/** Drafts a run file for data that were not described yet: what {@code longcast init} does. */
package io.longcast.flow.draft;
