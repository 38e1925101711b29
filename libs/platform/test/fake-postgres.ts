import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What the server says to a statement, in one write; undefined: nothing, for ever. */
type Answer = (statement: string) => Buffer | undefined;

const cstring = (text: string): Buffer => Buffer.from(`${text}\0`);

/** One message of the protocol (PostgreSQL 18, 54.7): its letter, its length, its body. */
function message(letter: string, ...body: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(body);
  const length = Buffer.alloc(4);
  length.writeInt32BE(whole.length + 4);
  return Buffer.concat([Buffer.from(letter), length, whole]);
}

export const done = (tag: string): Buffer => message('C', cstring(tag));
export const ready = (): Buffer => message('Z', Buffer.from('I'));

interface Report {
  readonly severity: 'WARNING' | 'ERROR';
  readonly code: string;
  /** The function of the server that raised it. */
  readonly routine: string;
}

/** A notice or an error with the fields that a server sends. */
export function report({ severity, code, routine }: Report): Buffer {
  const fields = [`S${severity}`, `V${severity}`, `C${code}`, 'Mtold', 'Fsource.c', 'L1'];
  const body = [...fields, `R${routine}`, ''].map(cstring);
  return message(severity === 'ERROR' ? 'E' : 'N', ...body);
}

/** Speaks as much of the protocol as a client needs, so that a test decides what arrives in one read. */
export class FakePostgres {
  /** Every connection that anybody made. */
  readonly connections: Socket[] = [];
  /** Sent to whoever logs in, before it is taken in. */
  greeting: Buffer = Buffer.alloc(0);
  /** Called with each statement before it is answered. */
  onStatement: (statement: string) => void = () => undefined;

  private constructor(
    private readonly server: Server,
    private readonly answer: Answer,
  ) {}

  static async start(answer: Answer): Promise<FakePostgres> {
    const server = createServer();
    const fake = new FakePostgres(server, answer);
    server.on('connection', (socket) => fake.take(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return fake;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `postgres://anybody:nothing@127.0.0.1:${port}/any`;
  }

  async stop(): Promise<void> {
    for (const socket of this.connections) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(socket: Socket): void {
    this.connections.push(socket);
    let unread = Buffer.alloc(0);
    let isIn = false;
    const parsed = new Map<string, string>();
    let bound = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      unread = Buffer.concat([unread, chunk]);
      for (;;) {
        // The first message, the request to be taken in, has no letter.
        const head = isIn ? 1 : 0;
        if (unread.length < head + 4) return;
        const end = head + unread.readInt32BE(head);
        if (unread.length < end) return;
        const letter = isIn ? unread.toString('latin1', 0, 1) : '';
        const body = unread.subarray(head + 4, end).toString('utf8');
        unread = unread.subarray(end);
        const [first = '', second = ''] = body.split('\0');
        if (letter === '') {
          isIn = true;
          socket.write(Buffer.concat([message('R', Buffer.alloc(4)), this.greeting, ready()]));
        } else if (letter === 'Q') this.hear(socket, first);
        else if (letter === 'P') parsed.set(first, second);
        else if (letter === 'B') bound = second;
        else if (letter === 'S') this.hear(socket, parsed.get(bound) ?? '', true);
      }
    });
  }

  private hear(socket: Socket, statement: string, isPrepared = false): void {
    const answer = this.answer(statement);
    const prepared = isPrepared ? ['1', '2', 'n'].map((letter) => message(letter)) : [];
    if (answer) socket.write(Buffer.concat([...prepared, answer]));
    this.onStatement(statement);
  }
}
