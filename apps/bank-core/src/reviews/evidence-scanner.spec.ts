import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ClamdScanner } from './evidence-scanner.js';

/** What a scripted clamd does with a connection once it has read the bytes that it wants. */
type Script = (socket: Socket, heard: Buffer) => void;

let clamd: Server;
let script: Script = () => undefined;
/** After how many bytes the script runs; by default after the whole file. */
let speaksAfter = Infinity;
const open = new Set<Socket>();

beforeAll(async () => {
  clamd = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    let heard = Buffer.alloc(0);
    let hasSpoken = false;
    socket.on('data', (part: Buffer) => {
      heard = Buffer.concat([heard, part]);
      const isWhole = heard.subarray(-4).equals(Buffer.alloc(4));
      if (hasSpoken || !(isWhole || heard.length >= speaksAfter)) return;
      hasSpoken = true;
      script(socket, heard);
    });
  });
  await new Promise<void>((resolve) => clamd.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => clamd.close(resolve));
});

const FILE = Buffer.from('%PDF-1.7 a file');
const at = () => ({ host: '127.0.0.1', port: (clamd.address() as AddressInfo).port });
function scan(
  run: Script,
  { bytes = FILE, patience = { silenceMs: 60_000, wholeMs: 60_000 }, after = Infinity } = {},
) {
  script = run;
  speaksAfter = after;
  return new ClamdScanner(at(), patience).scan(bytes);
}
const says =
  (...parts: (string | Buffer)[]): Script =>
  (socket) => {
    socket.setNoDelay(true);
    const next = (index: number): void => {
      const part = parts[index];
      if (part === undefined) return void socket.end();
      socket.write(part, () => setImmediate(() => next(index + 1)));
    };
    next(0);
  };

/** What the daemon has read, taken apart as clamd(8) says it comes. */
function unpacked(heard: Buffer): { command: string; lengths: number[]; bytes: Buffer } {
  let place = heard.indexOf(0) + 1;
  const command = heard.subarray(0, place).toString();
  const chunks: Buffer[] = [];
  for (let length = heard.readUInt32BE(place); length > 0; length = heard.readUInt32BE(place)) {
    chunks.push(heard.subarray(place + 4, place + 4 + length));
    place += 4 + length;
  }
  return {
    command,
    lengths: chunks.map(({ length }) => length),
    bytes: Buffer.concat(chunks),
  };
}

describe('T-25 what clamd is sent', () => {
  test.each([0, 1, 65_536, 65_537, 10 * 1024 * 1024])(
    'T-25 a file of %d bytes comes whole, in chunks that say their length, and ends',
    async (size) => {
      const bytes = Buffer.alloc(size, 0x61);
      let heard: Buffer = Buffer.alloc(0);
      const verdict = scan(
        (socket, all) => {
          heard = all;
          socket.end('stream: OK\0');
        },
        { bytes },
      );
      expect(await verdict).toEqual({ state: 'clean', says: 'OK' });
      const { command, lengths, bytes: got } = unpacked(heard);
      expect(command).toBe('zINSTREAM\0');
      expect(got.equals(bytes)).toBe(true);
      expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(65_536);
    },
  );
});

describe('T-25 what clamd answers', () => {
  test.each<[string, (string | Buffer)[], object]>([
    ['OK', ['stream: OK\0'], { state: 'clean', says: 'OK' }],
    ['OK, sign by sign', [...'stream: OK\0'], { state: 'clean', says: 'OK' }],
    ['FOUND', ['stream: Eicar-Test FOUND\0'], { state: 'infected', says: 'Eicar-Test' }],
    [
      'FOUND in pieces',
      ['stre', 'am: Win.Test.', 'OK FOU', 'ND\0'],
      { state: 'infected', says: 'Win.Test.OK' },
    ],
    [
      'a name cut within a sign',
      [
        Buffer.from('stream: 危 FOUND\0').subarray(0, 9),
        Buffer.from('stream: 危 FOUND\0').subarray(9),
      ],
      { state: 'infected', says: '危' },
    ],
    ['something after its end', ['stream: OK\0stream: X FOUND\0'], { state: 'clean', says: 'OK' }],
  ])('T-25 %s is a verdict', async (_, parts, verdict) => {
    expect(await scan(says(...parts))).toEqual(verdict);
  });

  test('T-25 the connection may stay open after the answer', async () => {
    expect(await scan((socket) => void socket.write('stream: OK\0'))).toMatchObject({
      state: 'clean',
    });
  });

  test('T-25 a long name is kept short', async () => {
    const verdict = await scan(says(`stream: ${'x'.repeat(3_000)} FOUND\0`));
    expect(verdict).toEqual({ state: 'infected', says: 'x'.repeat(200) });
  });

  test.each<[string, (string | Buffer)[], RegExp]>([
    ['an ERROR', ['INSTREAM: Can’t allocate memory ERROR\0'], /could not say.*ERROR/],
    ['another command’s answer', ['PONG\0'], /could not say/],
    ['OK about something else', ['stream: not OK\0'], /could not say/],
    ['OK for another stream', ['file: OK\0'], /could not say/],
    ['a name without a word', ['stream: Eicar-Test\0'], /could not say/],
    ['nothing at all', [], /broke off/],
    // "stream: OK" might have been the beginning of "stream: OK.Variant FOUND".
    ['an answer without its end', ['stream: OK'], /broke off/],
    ['an answer without an end', ['x'.repeat(5_000)], /too much/],
  ])('T-25 %s is no verdict', async (_, parts, why) => {
    await expect(scan(says(...parts))).rejects.toThrow(why);
  });

  test('T-25 a size limit is told in the middle of the file, and is no verdict', async () => {
    const bytes = Buffer.alloc(4 * 1024 * 1024, 1);
    const refuse: Script = (socket) => void socket.write('INSTREAM size limit exceeded. ERROR\0');
    await expect(scan(refuse, { bytes, after: 100_000 })).rejects.toThrow(/size limit exceeded/);
  });

  test('T-25 a daemon that hangs up in the middle of the file has given no verdict', async () => {
    const bytes = Buffer.alloc(4 * 1024 * 1024, 1);
    const hangUp: Script = (socket) => void socket.destroy();
    await expect(scan(hangUp, { bytes, after: 100_000 })).rejects.toThrow();
  });

  test('T-25 silence ends, and so does an answer that only drips', async () => {
    const quiet = scan(() => undefined, { patience: { silenceMs: 50, wholeMs: 60_000 } });
    await expect(quiet).rejects.toThrow('silent');
    const drip: Script = (socket) => {
      const timer = setInterval(() => socket.write('s'), 5);
      socket.on('close', () => clearInterval(timer));
    };
    const slow = scan(drip, { patience: { silenceMs: 60_000, wholeMs: 300 } });
    await expect(slow).rejects.toThrow('too long');
  });

  test('T-25 a daemon that takes nothing does not hold a file in the way for ever', async () => {
    const deaf = createServer((socket) => {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.pause();
    });
    deaf.listen(0, '127.0.0.1');
    await once(deaf, 'listening');
    const place = { host: '127.0.0.1', port: (deaf.address() as AddressInfo).port };
    const scanner = new ClamdScanner(place, { silenceMs: 100, wholeMs: 60_000 });
    await expect(scanner.scan(Buffer.alloc(10 * 1024 * 1024))).rejects.toThrow('silent');
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => deaf.close(resolve));
  });

  test('T-25 nobody there is no verdict', async () => {
    const nobody = new ClamdScanner({ host: '127.0.0.1', port: 1 });
    await expect(nobody.scan(FILE)).rejects.toThrow('ECONNREFUSED');
  });
});
