/**
 * How functions of C libraries are called: what every binding, in the package of its concept, has
 * in common. Stays inside this module.
 */
package io.belljar.linux.call;
