import 'reflect-metadata';
import { createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as x509 from '@peculiar/x509';

/** One message as it arrived. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: { type: string; timestamp: string; data: Record<string, unknown> };
}

type Answer = (response: ServerResponse, received: Received) => void;

const ok: Answer = (response) => void response.writeHead(204).end();

/** An intermediary's endpoint: a real server over TLS that remembers what it was sent. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  private readonly answers = new Map<string, Answer>();

  private constructor(
    private readonly server: Server,
    /** The certificate it shows, which is its own authority. */
    readonly ca: string,
  ) {}

  static async start(): Promise<WebhookReceiver> {
    const { cert, key } = await selfSigned();
    const server = createServer({ cert, key });
    const receiver = new WebhookReceiver(server, cert);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const { url: path = '', headers } = request;
        const body = JSON.parse(text) as Received['body'];
        receiver.take({ path, headers, text, body }, response);
      });
      request.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return receiver;
  }

  /** The address of one of its endpoints; each path may answer in its own way. */
  url(path: string): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  answer(path: string, answer: Answer | number): void {
    const status = answer;
    this.answers.set(
      path,
      typeof status === 'number'
        ? (response) => void response.writeHead(status).end()
        : (answer as Answer),
    );
  }

  at(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  /** Events only, without the test that verified the endpoint. */
  eventsAt(path: string): Received[] {
    return this.at(path).filter(({ body }) => body.type !== 'subscription.verification');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  private take(received: Received, response: ServerResponse): void {
    this.received.push(received);
    (this.answers.get(received.path) ?? ok)(response, received);
  }
}

/** Checks an ed25519 signature as the specification says, with nothing of the sender's code. */
export function isSignedBy(publicKey: string, { headers, text }: Received): boolean {
  const raw = Buffer.from(publicKey.replace('whpk_', ''), 'base64');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${text}`;
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((part) => part.startsWith('v1a,'))
    .some((part) => verify(null, Buffer.from(content), key, Buffer.from(part.slice(4), 'base64')));
}

async function selfSigned(): Promise<{ cert: string; key: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=receiver',
    keys,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: certificate.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
}
