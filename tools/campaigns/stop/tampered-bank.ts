import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, createServer, request, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import type { LinkMessage } from '#libs/bank-core-client';
import type { Stage } from '../gateway-ground/stage.js';

/** What is done to the lines of the link stream on their way. */
export type Tampering = (line: LinkMessage, send: (line: LinkMessage) => void) => void;

export const untouched: Tampering = (line, send) => send(line);
/** Nothing arrives, and nothing breaks: the connection stays as it is. */
export const frozen: Tampering = () => undefined;
/** Heartbeats pass, changes are lost (T-19). */
export const withoutChanges: Tampering = (line, send) => {
  if (line.type !== 'change') send(line);
};

const NAME = 'bank-core.internal';

/**
 * Stands between one gateway process and bank-core with the keys of both, so that it can do to the link stream what
 * no outsider could: what a node does then rests on its own judgement alone. Every other call passes.
 */
export class TamperedBank {
  tampering: Tampering = untouched;
  /** Lines as they came last, by type and institution: what somebody might keep to replay it. */
  readonly heard: LinkMessage[] = [];
  readonly #streams = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    private readonly agent: Agent,
    private readonly port: number,
  ) {}

  static async before(stage: Stage): Promise<TamperedBank> {
    const { bankInternal, gatewayInternal, insideAuthority } = stage.certificates;
    const read = (file: string) => readFile(file, 'utf8');
    const ca = await read(insideAuthority);
    const [cert, key] = await Promise.all([bankInternal.certificate, bankInternal.key].map(read));
    const [ownCert, ownKey] = await Promise.all(
      [gatewayInternal.certificate, gatewayInternal.key].map(read),
    );
    const agent = new Agent({
      keepAlive: true,
      ca,
      ...(ownCert && ownKey ? { cert: ownCert, key: ownKey } : {}),
      servername: NAME,
    });
    const server = createServer({ ...(cert && key ? { cert, key } : {}), ca, requestCert: true });
    const bank = new TamperedBank(server, agent, stage.bankInternalPort);
    server.on('request', (incoming, outgoing) => bank.#pass(incoming, outgoing));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return bank;
  }

  get url(): string {
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Puts a line into every open stream, as if bank-core had said it now. */
  inject(line: LinkMessage): void {
    for (const stream of this.#streams) stream.write(`${JSON.stringify(line)}\n`);
  }

  /** Breaks the streams; the node opens them anew. */
  breakStreams(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  async close(): Promise<void> {
    this.breakStreams();
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const onward = request(
      {
        host: '127.0.0.1',
        port: this.port,
        agent: this.agent,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host: `${NAME}:${this.port}` },
      },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        if (incoming.url?.endsWith('/links/stream')) this.#tamper(answer, outgoing);
        else answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('error', () => onward.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  }

  #tamper(answer: IncomingMessage, outgoing: ServerResponse): void {
    this.#streams.add(outgoing);
    outgoing.on('close', () => this.#streams.delete(outgoing));
    const send = (line: LinkMessage): void => void outgoing.write(`${JSON.stringify(line)}\n`);
    const lines = createInterface({ input: answer });
    lines.on('error', () => outgoing.destroy());
    lines.on('line', (text) => {
      if (text === '') return;
      const line = JSON.parse(text) as LinkMessage;
      this.heard.push(line);
      this.tampering(line, send);
    });
    answer.on('close', () => outgoing.end());
  }
}
