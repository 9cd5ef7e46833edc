/** Programs of the engine that are run at points of a container's life. */
package io.belljar.runtime.hook;
