import { AuthorizationResponseError, ResponseBodyError } from 'openid-client';
import { Failure, runCommand } from '../failure.js';
import { walkFlow } from '../flow/flow.js';
import { readInstallation } from '../flow/installation.js';
import { Narrator } from '../flow/narrator.js';
import { readFlowOptions } from '../flow/options.js';

/** `npm run flow [-- --bank 2963 --explain --browser --lang en]`. */
async function flow(args: readonly string[]): Promise<number> {
  const options = readFlowOptions(args);
  const narrator = new Narrator(options.language, options.isExplaining);
  try {
    await walkFlow(options, await readInstallation(), narrator);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  return 0;
}

/** What the gateway refused is told in a sentence; the trace of our own client says nothing. */
function refusalOf(error: unknown): Failure | undefined {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    const told = `${error.error}: ${error.error_description ?? ''}`;
    return new Failure({ ja: `断られました（${told}）。`, en: `Refused (${told}).` }, 4);
  }
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== 'ECONNREFUSED' && code !== 'ECONNRESET') return undefined;
  return new Failure(
    {
      ja: `サーバーから応答がありません（${code}）。npm start の端末を確かめてください。`,
      en: `The servers do not answer (${code}); look at the terminal of npm start.`,
    },
    5,
  );
}

await runCommand(() => flow(process.argv.slice(2)));
