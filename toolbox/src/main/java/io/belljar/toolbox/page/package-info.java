/** Text for people: sections, columns, wrapped lines, colours where a terminal shows them. */
package io.belljar.toolbox.page;
