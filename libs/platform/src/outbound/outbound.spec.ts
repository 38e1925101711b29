import 'reflect-metadata';
import { once } from 'node:events';
import { createServer as createTlsServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import * as x509 from '@peculiar/x509';
import { Outbound, type OutboundOptions } from './outbound.js';

/** A server of somebody else, known as `hook.example`, on a real socket of this machine. */
let identity: { cert: string; key: string };
let asked: string[];
const open: { close(): unknown }[] = [];

beforeAll(async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=hook.example',
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'hook.example' }]),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  identity = {
    cert: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
});

afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function theirServer(answer: RequestListener): Promise<number> {
  asked = [];
  const server: Server = createTlsServer(identity, (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  return (server.address() as AddressInfo).port;
}

/** A port that only counts who connects. */
async function silentPort(): Promise<{ port: number; connections: () => number }> {
  let count = 0;
  const server = createTcpServer((socket) => {
    count += 1;
    socket.on('error', () => undefined);
    open.push({ close: () => socket.destroy() });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push({ close: () => server.close() });
  return { port: (server.address() as AddressInfo).port, connections: () => count };
}

function outbound(options: OutboundOptions = {}): Outbound {
  const made = new Outbound({
    ca: identity.cert,
    opened: [{ address: '127.0.0.1', prefix: 32 }],
    resolve: async () => ['127.0.0.1'],
    ...options,
  });
  open.push(made);
  return made;
}

const codeOf = async (made: Outbound, url: string) => {
  const result = await made.send({ url });
  return result.ok ? `answered ${result.value.status}` : result.refusal.code;
};

describe('T-13 the way out', () => {
  test('T-13 an opened address is called by its name, with body and headers', async () => {
    const port = await theirServer((request, response) => {
      response.setHeader('x-host', request.headers.host ?? '');
      response.statusCode = 202;
      request.pipe(response);
    });
    const sent = await outbound().send({
      url: `https://hook.example:${port}/in?a=1`,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect(sent).toMatchObject({ ok: true, value: { status: 202 } });
    if (!sent.ok) return;
    expect(sent.value.body.toString()).toBe('{"a":1}');
    expect(sent.value.headers['x-host']).toBe(`hook.example:${port}`);
    expect(asked).toEqual(['POST /in?a=1']);
  });

  test.each([
    'http://hook.example/',
    'https://user@hook.example/',
    'https://:secret@hook.example/',
    'ftp://hook.example/',
    'file:///etc/passwd',
    'hook.example',
    `https://hook.example/${'a'.repeat(2100)}`,
  ])('T-13 %s is not called at all', async (url) => {
    expect(await codeOf(outbound(), url)).toBe('outbound_url_refused');
  });

  test.each([
    ['by address', '127.0.0.1'],
    ['by an address in one number', '2130706433'],
    ['by an address in octal', '0177.0.0.1'],
    ['by a mapped address', '[::ffff:127.0.0.1]'],
    ['by a name', 'hook.example'],
  ])('T-13 loopback %s is refused and never even dialled', async (_title, host) => {
    const { port, connections } = await silentPort();
    expect(await codeOf(outbound({ opened: [] }), `https://${host}:${port}/`)).toBe(
      'outbound_address_refused',
    );
    expect(connections()).toBe(0);
  });

  test('T-13 one private address among public ones refuses the name', async () => {
    const { port, connections } = await silentPort();
    const mixed = outbound({ opened: [], resolve: async () => ['8.8.8.8', '127.0.0.1'] });
    expect(await codeOf(mixed, `https://hook.example:${port}/`)).toBe('outbound_address_refused');
    expect(connections()).toBe(0);
  });

  test('T-13 a name that changes its answer is judged again for each connection', async () => {
    const port = await theirServer((_request, response) => {
      response.setHeader('connection', 'close');
      response.end();
    });
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    const rebinding = outbound({ resolve: async () => answers.shift() ?? [] });
    expect(await codeOf(rebinding, `https://hook.example:${port}/`)).toBe('answered 200');
    expect(await codeOf(rebinding, `https://hook.example:${port}/`)).toBe(
      'outbound_address_refused',
    );
    expect(await codeOf(rebinding, `https://hook.example:${port}/`)).toBe('outbound_name_unknown');
    expect(asked).toHaveLength(1);
  });

  test.each([301, 302, 303, 307, 308])('T-13 a %d is an answer, not a way', async (status) => {
    const elsewhere = await silentPort();
    const port = await theirServer((_request, response) => {
      response.writeHead(status, { location: `https://127.0.0.1:${elsewhere.port}/` });
      response.end();
    });
    expect(await codeOf(outbound(), `https://hook.example:${port}/`)).toBe(`answered ${status}`);
    expect(elsewhere.connections()).toBe(0);
  });

  test('T-13 an answer of the allowed size is taken, one byte more is not', async () => {
    const port = await theirServer((request, response) => {
      response.end(Buffer.alloc(Number(request.url?.slice(1))));
    });
    const bounded = outbound({ answerBytesMax: 1000 });
    expect(await codeOf(bounded, `https://hook.example:${port}/1000`)).toBe('answered 200');
    expect(await codeOf(bounded, `https://hook.example:${port}/1001`)).toBe(
      'outbound_answer_too_large',
    );
  });

  test('T-13 an answer without end is cut off', async () => {
    const port = await theirServer((_request, response) => {
      const pour = () => {
        while (response.write(Buffer.alloc(1000)));
        response.once('drain', pour);
      };
      pour();
    });
    expect(await codeOf(outbound({ answerBytesMax: 5000 }), `https://hook.example:${port}/`)).toBe(
      'outbound_answer_too_large',
    );
  });

  test('T-13 whoever is silent, dribbles or never finishes the greeting is left', async () => {
    const silent = await theirServer(() => undefined);
    const late = outbound({ timeoutMs: 200 });
    expect(await codeOf(late, `https://hook.example:${silent}/`)).toBe('outbound_timed_out');
    const { port } = await silentPort();
    expect(await codeOf(late, `https://hook.example:${port}/`)).toBe('outbound_timed_out');
    const dribbling = await theirServer((_request, response) => {
      const drop = setInterval(() => response.write('.'), 50);
      response.once('close', () => clearInterval(drop));
    });
    expect(await codeOf(late, `https://hook.example:${dribbling}/`)).toBe('outbound_timed_out');
    const unanswered = outbound({ timeoutMs: 200, resolve: () => new Promise(() => undefined) });
    expect(await codeOf(unanswered, 'https://hook.example/')).toBe('outbound_name_unknown');
  });

  test('T-13 a certificate of another name, or of nobody, ends the call', async () => {
    const port = await theirServer((_request, response) => response.end());
    expect(await codeOf(outbound(), `https://other.example:${port}/`)).toBe('outbound_unreachable');
    const strict = new Outbound({
      opened: [{ address: '127.0.0.1', prefix: 32 }],
      resolve: async () => ['127.0.0.1'],
    });
    open.push(strict);
    expect(await codeOf(strict, `https://hook.example:${port}/`)).toBe('outbound_unreachable');
    expect(asked).toEqual([]);
  });

  test('T-13 a proxy of the environment is not asked', async () => {
    const proxy = await silentPort();
    const port = await theirServer((_request, response) => response.end());
    const kept = { ...process.env };
    const url = `http://127.0.0.1:${proxy.port}`;
    Object.assign(process.env, { HTTPS_PROXY: url, https_proxy: url, NODE_USE_ENV_PROXY: '1' });
    try {
      expect(await codeOf(outbound(), `https://hook.example:${port}/`)).toBe('answered 200');
    } finally {
      for (const name of ['HTTPS_PROXY', 'https_proxy', 'NODE_USE_ENV_PROXY']) {
        if (kept[name] === undefined) delete process.env[name];
        else process.env[name] = kept[name];
      }
    }
    expect(proxy.connections()).toBe(0);
  });
});
