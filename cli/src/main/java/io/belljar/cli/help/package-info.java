/**
 * Help that teaches: a page for each topic, in Markdown beside these classes, shown as text. Every
 * command in a page is typed by a test, and prints what the page says.
 */
package io.belljar.cli.help;
