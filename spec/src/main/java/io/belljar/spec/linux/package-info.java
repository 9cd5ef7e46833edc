/** {@code linux}: namespaces, devices and the rest of config-linux.md. */
package io.belljar.spec.linux;
