/** Resolves when the process is asked to stop, by SIGTERM or by Ctrl-C. */
export function stopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.once('SIGINT', () => resolve());
  });
}
