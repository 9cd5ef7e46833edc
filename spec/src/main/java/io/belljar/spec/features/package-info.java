/** What the runtime can do: the document of {@code features} (runtime-spec, features.md). */
package io.belljar.spec.features;
