/** The container's namespaces: new, joined, or the launcher's. */
package io.belljar.runtime.namespace;
