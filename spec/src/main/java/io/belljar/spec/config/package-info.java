/** {@code config.json} as a whole: its records, reader, writer, validation and default. */
package io.belljar.spec.config;
