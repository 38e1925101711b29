import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SmtpTransport } from '../../src/notices/smtp-transport.js';

let server: Server;
let transport: SmtpTransport;
let received: string[];
/** What the server says to `RCPT TO`. */
let toRecipient: string;
const sockets = new Set<Socket>();

/** As much of RFC 5321 as one mail needs, on loopback. */
function converse(socket: Socket): void {
  sockets.add(socket);
  let isData = false;
  let data = '';
  let rest = '';
  socket.write('220 mail.test\r\n');
  socket.on('error', () => undefined);
  socket.on('data', (chunk: Buffer) => {
    rest += chunk.toString('utf8');
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (isData && line !== '.') {
        data += `${line}\n`;
        continue;
      }
      if (isData) received.push(data);
      if (isData) data = '';
      const command = isData ? 'END' : line.slice(0, 4).toUpperCase();
      isData = command === 'DATA';
      socket.write(`${answerTo(command)}\r\n`);
      if (command === 'QUIT') socket.end();
    }
  });
}

function answerTo(command: string): string {
  if (command === 'DATA') return '354 go on';
  if (command === 'RCPT') return toRecipient;
  if (command === 'QUIT') return '221 bye';
  if (command === 'STAR') return '454 no TLS here';
  return '250 ok';
}

beforeAll(async () => {
  server = createServer(converse);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  transport = new SmtpTransport(`smtp://127.0.0.1:${port}`, 'no-reply@bank.example', true);
});
afterAll(async () => {
  transport.close();
  for (const socket of sockets) socket.destroy();
  await new Promise((done) => server.close(done));
});
beforeEach(() => {
  received = [];
  toRecipient = '250 ok';
});

const mail = {
  institutionId: 4,
  messageId: '<ntc_01j00000000000000000000001@bank.example>',
  recipient: 'taro@mail.example',
  sender: '中央労働金庫',
  subject: '【中央労働金庫】外部サービス連携の同意を受け付けました',
  body: '中央労働金庫からのお知らせです。\nThis is a message.',
};

test('a mail goes out with the name of the institution and, however often, the same Message-ID', async () => {
  await transport.send(mail);
  await transport.send(mail);
  expect(received).toHaveLength(2);
  for (const sent of received) {
    expect(sent).toContain(`Message-ID: ${mail.messageId}`);
    expect(sent).toContain('<no-reply@bank.example>');
    expect(sent).toContain('To: taro@mail.example');
    expect(sent).toContain('Auto-Submitted: auto-generated');
    const words = /^From: (=\?UTF-8\?.+?\?=)/m.exec(sent)?.[1] ?? '';
    expect(Buffer.from(words.split('?')[3] ?? '', 'base64').toString('utf8')).toBe(mail.sender);
  }
});

test('T-30 a server that refuses is known by the kind of its refusal', async () => {
  toRecipient = '550 taro@mail.example is nobody';
  await expect(transport.send(mail)).rejects.toMatchObject({ code: 'EENVELOPE' });
  expect(received).toEqual([]);
});

test('a server that would have to be spoken to in the clear is not spoken to', async () => {
  const { port } = server.address() as AddressInfo;
  const strict = new SmtpTransport(`smtp://127.0.0.1:${port}`, 'no-reply@bank.example');
  await expect(strict.send(mail)).rejects.toMatchObject({ code: 'ETLS' });
  strict.close();
  expect(received).toEqual([]);
});
