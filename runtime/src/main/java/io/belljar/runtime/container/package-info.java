/** Plans of new containers, and of further processes in them: the recipes. */
package io.belljar.runtime.container;
