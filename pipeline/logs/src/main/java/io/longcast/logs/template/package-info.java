/**
 * From log lines to templates: masks turn variable values (numbers, addresses, ids, paths) into
 * {@code <*>}; what still varies as words is found by counting.
 *
 * <p>In: the contents of lines (headers removed). Out: a table of templates with hashes of their
 * text as ids, and for each line the id of its template or none.
 *
 * <p>What always holds: templates are a function of the set of lines, whatever their order and
 * partitioning; a template that was learned is found again by {@link
 * io.longcast.logs.template.TemplateMatcher}; ids change only with the text.
 */
package io.longcast.logs.template;
