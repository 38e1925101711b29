import { createServer, request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { failAtStart, liveUnderSupervisor, Settings, sayReady } from '#libs/platform';

/**
 * Stands between a measured gateway and bank-core, over the same mutual TLS: it passes everything on, and
 * repeats the answer about a balance once bank-core has given it. The gateway makes the same call and reads
 * the same bytes, and is not kept waiting by a bank-core that shares its two processors.
 */
interface Heard {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const heard = new Map<string, Heard>();
const settings = new Settings();
const behind = new URL(settings.origin('BENCH_BANK_INTERNAL'));
const files = {
  cert: settings.file('GATEWAY_INTERNAL_CERT'),
  key: settings.file('GATEWAY_INTERNAL_KEY'),
  ca: settings.file('BANK_INTERNAL_CA'),
};

function answer(request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? '';
  const known = request.method === 'GET' ? heard.get(url) : undefined;
  if (known) {
    response.writeHead(known.status, known.headers).end(known.body);
    return;
  }
  const { method, headers } = request;
  const host = `bank-core.internal:${behind.port}`;
  const options: RequestOptions = {
    ...{ ...files, host: behind.hostname, port: behind.port, servername: 'bank-core.internal' },
    ...{ path: url, method, headers: { ...headers, host } },
  };
  const asked = httpsRequest(options, (from) => {
    response.writeHead(from.statusCode ?? 502, from.headers);
    response.flushHeaders();
    from.pipe(response);
    if (url.endsWith('/balances') && from.statusCode === 200) remember(url, from);
  });
  asked.on('error', () => response.destroy());
  response.on('close', () => asked.destroy());
  request.pipe(asked);
}

function remember(url: string, from: IncomingMessage): void {
  const chunks: Buffer[] = [];
  from.on('data', (chunk: Buffer) => chunks.push(chunk));
  from.on('end', () => {
    const kept = Object.entries(from.headers).filter(
      ([name]) => !/^(date|connection|keep-alive|transfer-encoding)$/.test(name),
    );
    const body = Buffer.concat(chunks);
    const headers = {
      ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      'content-length': String(body.length),
    };
    heard.set(url, { status: 200, headers, body });
  });
}

try {
  const server = createServer(
    {
      cert: settings.file('BENCH_BANK_CERT'),
      key: settings.file('BENCH_BANK_KEY'),
      ca: files.ca,
      requestCert: true,
      rejectUnauthorized: true,
    },
    answer,
  );
  server.listen(Number(settings.text('BENCH_PORT')), '127.0.0.1', sayReady);
  liveUnderSupervisor(async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  });
} catch (error) {
  failAtStart(error);
}
