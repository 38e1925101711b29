import type { Words } from '#libs/kernel';

/**
 * Something that the person at the terminal can put right. The command prints both sentences and
 * ends with a code other than 0; no stack, because the fault is not in the code.
 */
export class Failure extends Error {
  override readonly name = 'Failure';

  constructor(
    readonly words: Words,
    readonly exitCode = 1,
  ) {
    super(words.en);
  }
}

/** Runs a command's body: a {@link Failure} becomes its two sentences, anything else its stack. */
export async function runCommand(body: () => Promise<number>): Promise<void> {
  // Whoever reads us may have seen enough (`| head`); that is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
  });
  try {
    process.exitCode = await body();
  } catch (error) {
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
    process.stderr.write(describe(error));
  }
}

function describe(error: unknown): string {
  if (error instanceof Failure) return `renkei: ${error.words.ja}\nrenkei: ${error.words.en}\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
