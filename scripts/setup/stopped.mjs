/** A failure that is told in its message alone, without a stack, and ends the process with a code. */
export class StoppedError extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/** Runs something to its end. @returns {Promise<number>} 0, or the code of a {@link StoppedError} that was told. */
export async function stoppedCode(run) {
  try {
    await run();
    return 0;
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    console.error(error.message);
    return error.code;
  }
}
