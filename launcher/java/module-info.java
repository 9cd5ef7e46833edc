// The launcher's binaries, as resources io/belljar/launcher/ARCH/belljar-launcher.
// Open, because a resource in a named package is otherwise hidden from the module that unpacks it.
open module io.belljar.launcher {}
