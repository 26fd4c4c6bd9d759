/** Words to whoever runs the program: results on standard output, complaints on standard error. */
export const terminal = {
  say: (text: string): void => void process.stdout.write(`${text}\n`),
  complain: (text: string): void => void process.stderr.write(`${text}\n`),
} as const;
