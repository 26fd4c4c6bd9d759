/** An error that ends the process with a code. We print its message only, without a stack. */
export class StoppedError extends Error {
  constructor(message, code) {
    super(message);
    this.code = code;
  }
}

/**
 * Runs a function, and prints the message of a {@link StoppedError}.
 * @returns {Promise<number>} 0, or the code of the error
 */
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
