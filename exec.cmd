@rem npm scripts say `exec` so that a signal to npm reaches the program and not only its shell. Windows has no exec.
@%*
