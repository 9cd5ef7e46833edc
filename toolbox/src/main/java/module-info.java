/**
 * Isolation by hand, and what explains it: namespaces, roots and limits one at a time, as the
 * commands of util-linux and coreutils have them, and the views that those do not have.
 */
module io.belljar.toolbox {
  requires transitive io.belljar.linux;
  requires transitive io.belljar.plan;
  requires transitive io.belljar.runtime;

  // The tools, for the command line: options in, plans or text out.
  exports io.belljar.toolbox.chroot;
  exports io.belljar.toolbox.command;
  exports io.belljar.toolbox.lsns;
  exports io.belljar.toolbox.nsenter;
  exports io.belljar.toolbox.tree;
  exports io.belljar.toolbox.unshare;
  exports io.belljar.toolbox.check;
  exports io.belljar.toolbox.report;
  // Reports and checks as pages.
  exports io.belljar.toolbox.page;
  // How text is shown to people, for other commands that print what a container chose.
  exports io.belljar.toolbox.table;
  exports io.belljar.toolbox.user;
}
