/**
 * Tables as util-linux's libsmartcols writes them, byte for byte: for people, raw, and as JSON.
 * What its columns can do is here as far as Belljar's commands use it.
 */
package io.belljar.toolbox.table;
