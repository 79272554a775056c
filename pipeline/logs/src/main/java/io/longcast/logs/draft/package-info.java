/** Drafts a run file from the lines of a log. */
package io.longcast.logs.draft;
