import 'reflect-metadata';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Body, Controller, Get, HttpCode, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import * as x509 from '@peculiar/x509';
import { IsString, Length } from 'class-validator';
import supertest from 'supertest';
import { createApplication } from './server.js';

class EchoRequest {
  @IsString()
  @Length(1, 10)
  word: string;
}

@Controller()
class EchoController {
  @Post('echo')
  @HttpCode(200)
  echo(@Body() body: EchoRequest) {
    return { word: body.word };
  }

  @Get('broken')
  broken(): never {
    throw new TypeError('secret detail');
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

/** A certificate of this test's own, so that the bounds are seen through real TLS. */
async function mintCertificate() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=echo.localhost',
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'echo.localhost' }]),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}

let app: NestFastifyApplication;
let port: number;

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Record<string, string>;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

async function call({ method = 'GET', path, headers = {} }: Call, body?: string): Promise<Answer> {
  const address = `https://127.0.0.1:${port}`;
  const request = supertest(address)
    [method === 'POST' ? 'post' : 'get'](path)
    .disableTLSCerts()
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => done(null, Buffer.concat(chunks).toString('utf8')));
    })
    .set({ host: 'echo.localhost', ...headers });
  const answer = await (body === undefined ? request : request.send(body));
  return { status: answer.status, headers: answer.headers, body: answer.body as string };
}

/** A request line that no client library would write: the target stands in it as given. */
function callTarget(path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'echo.localhost' };
    const options = { host: '127.0.0.1', port, path, headers, rejectUnauthorized: false };
    const outgoing = httpsRequest({ ...options, agent: false }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk)));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

const post = (body: string, headers: Record<string, string> = {}) =>
  call(
    { method: 'POST', path: '/echo', headers: { 'content-type': 'application/json', ...headers } },
    body,
  );

beforeAll(async () => {
  app = await createApplication(EchoModule, {
    tls: await mintCertificate(),
    hosts: ['echo.localhost'],
  });
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as AddressInfo).port;
});

afterAll(() => app.close());

describe('what every server does before a room is asked', () => {
  test('a well-formed request is answered, with an interaction id', async () => {
    const answer = await post('{"word":"hello"}');
    expect(answer).toMatchObject({ status: 200, body: '{"word":"hello"}' });
    expect(answer.headers['x-fapi-interaction-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('the caller’s interaction id comes back, on errors too', async () => {
    const id = 'c770aef3-6784-41f7-8e0e-ff5f97bddb3a';
    for (const path of ['/echo', '/broken', '/nowhere']) {
      const answer = await call({ path, headers: { 'x-fapi-interaction-id': id } });
      expect(answer.headers['x-fapi-interaction-id']).toBe(id);
    }
  });

  test.each<[string, () => Promise<Answer>, number, string]>([
    ['an unknown property', () => post('{"word":"a","more":1}'), 400, 'validation_failed'],
    ['a value too long', () => post('{"word":"aaaaaaaaaaaaaaa"}'), 400, 'validation_failed'],
    ['broken JSON', () => post('{"word":'), 400, 'validation_failed'],
    ['T-32 __proto__', () => post('{"word":"a","__proto__":{}}'), 400, 'validation_failed'],
    ['T-32 constructor', () => post('{"word":{"constructor":{}}}'), 400, 'validation_failed'],
    ['T-32 prototype', () => post('{"word":{"prototype":{}}}'), 400, 'validation_failed'],
    [
      'T-31 deep JSON',
      () => post(`{"word":${'['.repeat(5000)}${']'.repeat(5000)}}`),
      400,
      'validation_failed',
    ],
    [
      'T-31 a body above 64 KiB',
      () => post(`{"word":"${'a'.repeat(70_000)}"}`),
      413,
      'body_too_large',
    ],
    [
      'another media type',
      () => post('<a/>', { 'content-type': 'text/xml' }),
      415,
      'media_type_not_supported',
    ],
    ['an unknown path', () => call({ path: '/nowhere' }), 404, 'not_found'],
    [
      'a path that is not UTF-8',
      () => call({ path: '/node_modules%ff' }),
      400,
      'validation_failed',
    ],
    ['a bug', () => call({ path: '/broken' }), 500, 'internal_error'],
  ])('%s', async (_title, act, status, code) => {
    const answer = await act();
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(JSON.parse(answer.body)).toMatchObject({ status, code });
    expect(answer.body).not.toMatch(/secret detail|at .*\.js|node_modules/);
  });

  test('both languages stand in a problem; English is the detail when it is asked for first', async () => {
    const answer = await call({
      path: '/nowhere',
      headers: { 'accept-language': 'en-GB,ja;q=0.5' },
    });
    const problem = JSON.parse(answer.body) as Record<string, string>;
    expect(problem.detail).toBe(problem.detail_en);
    expect(problem.detail_ja).toMatch(/。$/);
    expect(answer.headers['content-language']).toBe('en');
  });

  test('T-23 a Host that nobody configured gets 421 and no body', async () => {
    expect(await call({ path: '/echo', headers: { host: 'evil.example' } })).toMatchObject({
      status: 421,
      body: '',
    });
  });

  test('T-11 a target with an authority is ours or nobody’s, whatever Host says', async () => {
    const evil = 'https://evil.example/broken';
    expect(await callTarget(evil)).toEqual({ status: 421, body: '' });
    const ours = await callTarget('https://echo.localhost/broken');
    expect(JSON.parse(ours.body)).toMatchObject({ status: 500, code: 'internal_error' });
    expect((await callTarget('//evil.example/broken')).status).toBe(404);
  });

  test('T-06 no answer may be framed, sniffed or embedded', async () => {
    for (const path of ['/echo', '/broken', '/nowhere']) {
      const { headers } = await call({ path });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['strict-transport-security']).toMatch(/max-age=/);
    }
  });

  test.each(['TLSv1', 'TLSv1.1'] as const)('%s is refused', async (version) => {
    const failed = new Promise<string>((resolve) => {
      const socket = connect({
        host: '127.0.0.1',
        port,
        rejectUnauthorized: false,
        minVersion: version,
        maxVersion: version,
        ciphers: 'DEFAULT@SECLEVEL=0',
      });
      socket.on('secureConnect', () => resolve('connected'));
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'refused'));
    });
    expect(await failed).not.toBe('connected');
  });

  test('T-31 headers above 16 KiB are refused', async () => {
    const answer = await call({ path: '/echo', headers: { 'x-long': 'a'.repeat(20_000) } });
    expect(answer.status).toBe(431);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const id = String(answer.headers['x-fapi-interaction-id']);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 431, instance: `urn:uuid:${id}` });
  });

  test('what is no HTTP at all gets one problem with an interaction id, and the connection ends', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () =>
        socket.write('GET /echo HTTP/1.1\r\nbro ken: x\r\n\r\n'),
      );
      let received = '';
      socket.on('data', (chunk) => (received += String(chunk)));
      socket.once('close', () => resolve(received)).once('error', reject);
    });
    expect(text.match(/HTTP\/1\.1/g)).toEqual(['HTTP/1.1']);
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(text).toMatch(/\r\nx-fapi-interaction-id: [0-9a-f-]{36}\r\n/);
    expect(text).toContain('"code":"validation_failed"');
  });
});
