/** The kernel's constants: flags, errno, signals, capabilities, namespaces, by their names in C. */
package io.belljar.linux;
