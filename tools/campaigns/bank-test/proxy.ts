import { connect, createServer, type Server, type Socket } from 'node:net';

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** The next reply is swallowed, and the connection with it. */
  isArmed: boolean;
}

/**
 * Stands between a door of the ledger and PostgreSQL: a server that comes back on another port is found again,
 * and a connection can be cut where it hurts, after the request has gone and before the reply has come.
 */
export class Proxy {
  readonly #pairs = new Set<Pair>();
  #swallowed = 0;

  private constructor(
    private readonly listener: Server,
    readonly port: number,
  ) {}

  static async open(target: () => number): Promise<Proxy> {
    const listener = createServer({ noDelay: true });
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('No port to listen on.');
    const proxy = new Proxy(listener, address.port);
    listener.on('connection', (client) => proxy.#take(client, target()));
    return proxy;
  }

  #take(client: Socket, port: number): void {
    const server = connect({ host: '127.0.0.1', port, noDelay: true });
    const pair: Pair = { client, server, isArmed: false };
    this.#pairs.add(pair);
    client.on('data', (request) => server.write(request));
    server.on('data', (reply) => {
      if (!pair.isArmed) client.write(reply);
      else {
        this.#swallowed += 1;
        this.#end(pair);
      }
    });
    for (const socket of [client, server]) {
      socket.on('error', () => this.#end(pair));
      socket.on('close', () => this.#end(pair));
    }
  }

  #end(pair: Pair): void {
    pair.client.destroy();
    pair.server.destroy();
    this.#pairs.delete(pair);
  }

  /** Every connection of now loses its next reply: what was asked has happened, and nobody is told. */
  swallowReplies(): void {
    for (const pair of this.#pairs) pair.isArmed = true;
  }

  /** Replies swallowed so far. */
  get swallowed(): number {
    return this.#swallowed;
  }

  /** Cuts every connection at once, wherever its request may be. Returns how many. */
  cut(): number {
    const pairs = [...this.#pairs];
    for (const pair of pairs) this.#end(pair);
    return pairs.length;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((done) => this.listener.close(done));
  }
}

/** The same database through a proxy. */
export function through(proxy: Proxy, url: string): string {
  const other = new URL(url);
  other.port = String(proxy.port);
  return other.toString();
}
