import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * A balancer as simple as can be: each new connection goes to the next process that takes it. TLS passes through
 * untouched. A process that dies takes its connections with it, and whoever comes again meets another.
 */
export class Balancer {
  readonly #open = new Set<Socket>();
  #turn = 0;

  private constructor(
    private readonly listener: Server,
    private readonly targets: () => readonly number[],
  ) {}

  static async listen(port: number, targets: () => readonly number[]): Promise<Balancer> {
    const listener = createServer({ noDelay: true });
    const balancer = new Balancer(listener, targets);
    listener.on('connection', (client) => balancer.#take(client));
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, '127.0.0.1', resolve);
    });
    return balancer;
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((done) => this.listener.close(done));
  }

  #take(client: Socket): void {
    this.#keep(client);
    const ports = this.targets();
    this.#turn += 1;
    const turned = ports.map((_, at) => ports[(at + this.#turn) % ports.length] ?? 0);
    this.#tryNext(client, turned);
  }

  #tryNext(client: Socket, ports: readonly number[]): void {
    const [port, ...others] = ports;
    if (port === undefined) {
      client.destroy();
      return;
    }
    const server = connect({ host: '127.0.0.1', port, noDelay: true });
    this.#keep(server);
    const refused = (): void => this.#tryNext(client, others);
    server.once('error', refused);
    server.once('connect', () => {
      server.off('error', refused);
      server.on('error', () => client.destroy());
      server.on('close', () => client.destroy());
      client.on('close', () => server.destroy());
      client.pipe(server).pipe(client);
    });
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#open.delete(socket));
  }
}
