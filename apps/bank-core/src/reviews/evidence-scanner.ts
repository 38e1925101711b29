import { connect, type Socket } from 'node:net';

/** What a scanner says of a file. A scanner that cannot say throws, and the file stays in quarantine. */
export interface Verdict {
  readonly state: 'clean' | 'infected';
  /** The name of what was found, or what the scanner calls a file without findings. */
  readonly says: string;
}

/** Examines a file without opening it. */
export interface EvidenceScanner {
  scan(bytes: Buffer): Promise<Verdict>;
}

export const EVIDENCE_SCANNER = Symbol('EvidenceScanner');

/** How long a scanner is waited for: since it last said something or took something, and altogether. */
export interface Patience {
  readonly silenceMs: number;
  readonly wholeMs: number;
}

const CHUNK = 64 * 1024;
const ANSWER_MAX = 4_096;
/** clamd gives a file up by itself after two minutes (MaxScanTime) and says so. */
const PATIENCE: Patience = { silenceMs: 150_000, wholeMs: 300_000 };
/** With `z` before it a command ends with this sign, and so does its answer. */
const END = '\0';

/**
 * ClamAV's daemon over TCP: INSTREAM with chunks that are preceded by their length (clamd(8)). Only a whole answer
 * counts, up to its last sign: what was cut off might have gone on otherwise.
 */
export class ClamdScanner implements EvidenceScanner {
  constructor(
    private readonly at: { readonly host: string; readonly port: number },
    private readonly patience: Patience = PATIENCE,
  ) {}

  async scan(bytes: Buffer): Promise<Verdict> {
    const answer = await this.ask(bytes);
    if (answer === 'stream: OK') return { state: 'clean', says: 'OK' };
    const [, found] = /^stream: (.+) FOUND$/s.exec(answer) ?? [];
    if (found !== undefined) return { state: 'infected', says: found.slice(0, 200) };
    throw new Error(`The scanner could not say: ${answer.slice(0, 200)}`);
  }

  private async ask(bytes: Buffer): Promise<string> {
    const socket = connect(this.at);
    const whole = setTimeout(
      () => socket.destroy(new Error('The scanner takes too long.')),
      this.patience.wholeMs,
    );
    try {
      socket.setTimeout(this.patience.silenceMs, () =>
        socket.destroy(new Error('The scanner is silent.')),
      );
      const answer = answerOf(socket);
      send(socket, bytes).catch(() => undefined);
      return await answer;
    } finally {
      clearTimeout(whole);
      socket.destroy();
    }
  }
}

/** Sends no faster than the scanner takes it. Who is refused in the middle of it hears of that from the answer. */
async function send(socket: Socket, bytes: Buffer): Promise<void> {
  const parts: Buffer[] = [Buffer.from(`zINSTREAM${END}`)];
  for (let at = 0; at < bytes.length; at += CHUNK) {
    const chunk = bytes.subarray(at, at + CHUNK);
    parts.push(lengthOf(chunk.length), chunk);
  }
  parts.push(lengthOf(0));
  for (const part of parts) {
    if (socket.destroyed) return;
    if (!socket.write(part))
      await new Promise((resolve) => {
        socket.once('drain', resolve);
        socket.once('close', resolve);
      });
  }
}

/** The answer without its end. Rejects where the connection ends before, or where it never ends. */
function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = '';
    let failed: Error | undefined;
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      heard += text;
      const end = heard.indexOf(END);
      if (end !== -1) resolve(heard.slice(0, end));
      else if (heard.length > ANSWER_MAX) socket.destroy(new Error('The scanner says too much.'));
    });
    socket.on('error', (error) => (failed = error));
    // A scanner that refuses hangs up while we are still sending: what it said before has been heard by now.
    socket.on('close', () => reject(failed ?? new Error(`The scanner broke off: ${heard}`)));
  });
}

function lengthOf(length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
}
