import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { oneTimePassword } from '../http/index.js';
import { Failure } from '../failure.js';
import { machineNow } from '../machine-clock.js';
import type { DemoPerson } from '../start/seeds.js';
import type { Installation } from './installation.js';
import type { Narrator } from './narrator.js';

const PATIENCE_MS = 15 * 60_000;

/**
 * For `--browser`: the person approves in a browser of their own, and we listen at the redirect
 * address of the demo client, as an intermediary's web server would.
 */
export async function approveByHand(
  installation: Installation,
  redirectUri: string,
  start: URL,
  person: DemoPerson,
  narrator: Narrator,
): Promise<URL> {
  const folder = installation.home.certificates;
  const redirect = new URL(redirectUri);
  const server = createServer({
    cert: await readFile(join(folder, 'application.crt.pem')),
    key: await readFile(join(folder, 'application.key.pem')),
  });
  const landed = new Promise<URL>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooLate()), PATIENCE_MS);
    server.on('request', (request, response) => {
      const url = new URL(request.url ?? '/', redirect.origin);
      if (url.pathname !== redirect.pathname) {
        response.writeHead(404).end();
        return;
      }
      thank(response);
      clearTimeout(timer);
      resolve(url);
    });
    server.once('error', reject);
  });
  server.listen(Number(redirect.port), '127.0.0.1');
  const code = oneTimePassword(person.totpSecretBase32, machineNow());
  narrator.say('ブラウザーで次のアドレスを開いてください。', 'Open this address in your browser:');
  narrator.line(start.href);
  narrator.line(`login: ${person.loginId}   password: ${person.loginPassword}`);
  narrator.line(`確認用パスワード: ${person.confirmationPassword}   OTP (30 s): ${code}`);
  try {
    return await landed;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

function thank(response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': 'text/plain; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  response.end('端末に戻ってください。 Please return to your terminal.\n');
}

const tooLate = (): Failure =>
  new Failure(
    {
      ja: '15分たってもブラウザーから戻らなかったため終了しました。もう一度実行してください。',
      en: 'Nobody came back from the browser within 15 minutes; run the command again.',
    },
    3,
  );
