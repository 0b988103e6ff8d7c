/** Exposes nothing yet. The string pipe to the core comes with the desktop window. */
export {};
