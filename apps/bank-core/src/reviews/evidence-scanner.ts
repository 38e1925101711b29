import { connect } from 'node:net';

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

const CHUNK = 64 * 1024;
const SILENCE_MS = 60_000;
const ANSWER_MAX = 4_096;

/** ClamAV's daemon over TCP: INSTREAM with chunks that are preceded by their length (clamd(8)). */
export class ClamdScanner implements EvidenceScanner {
  constructor(private readonly at: { readonly host: string; readonly port: number }) {}

  async scan(bytes: Buffer): Promise<Verdict> {
    const answer = await this.ask(bytes);
    const [, says = '', word = ''] = /^stream: (?:(.*) )?(OK|FOUND)$/s.exec(answer) ?? [];
    if (word === 'OK') return { state: 'clean', says: 'OK' };
    if (word === 'FOUND') return { state: 'infected', says: says.slice(0, 200) };
    throw new Error(`The scanner could not say: ${answer.slice(0, 200)}`);
  }

  private ask(bytes: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(this.at);
      let answer = '';
      socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('The scanner is silent.')));
      socket.on('error', reject);
      socket.on('data', (data: Buffer) => {
        answer += data.toString('utf8');
        if (answer.length > ANSWER_MAX) socket.destroy(new Error('The scanner says too much.'));
      });
      socket.on('close', () => resolve(answer.replace(/\0.*$/s, '').trim()));
      socket.on('connect', () => {
        socket.write('zINSTREAM\0');
        for (let at = 0; at < bytes.length; at += CHUNK) {
          const chunk = bytes.subarray(at, at + CHUNK);
          socket.write(lengthOf(chunk.length));
          socket.write(chunk);
        }
        socket.end(lengthOf(0));
      });
    });
  }
}

function lengthOf(length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  return head;
}
