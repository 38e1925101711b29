import type { IncomingMessage } from 'node:http';
import { Injectable, Inject, Optional, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { platformProblem } from './problem-body.js';

/** How a file comes: as it is. What it is called by its sender counts for nothing (T-25). */
export const FILE_BODY = 'application/octet-stream';

/** Where files are taken, by the path of the route; without, wherever an endpoint reads one. */
export const FILE_ROUTES = Symbol('file routes');

/**
 * Lets requests with a file reach their endpoint without being read. The stream is never a parsed body, so that no
 * check of JSON walks it and nothing holds it before its endpoint does.
 */
@Injectable()
export class FileBodies implements OnModuleInit {
  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Optional() @Inject(FILE_ROUTES) private readonly routes?: readonly string[],
  ) {}

  onModuleInit(): void {
    // Without a server (a command, a document being written) there is nothing to read.
    const instance = this.host.httpAdapter?.getInstance() as Partial<FastifyInstance> | undefined;
    if (!instance?.addContentTypeParser || instance.hasContentTypeParser?.(FILE_BODY)) return;
    instance.addContentTypeParser(FILE_BODY, (request, payload, done) => {
      const { url = '' } = request.routeOptions;
      if (!this.routes || this.routes.includes(url)) return done(null, undefined);
      payload.resume();
      done(platformProblem('media_type_not_supported'));
    });
  }
}

/** Reads a file as it comes and lets go of it as soon as it is too large: `file_too_large`. */
export async function readFileBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<Result<Buffer, Refusal<'file_too_large'>>> {
  const announced = Number(request.headers['content-length'] ?? 0);
  const tooLarge = refused('file_too_large', { facts: { bytesMax } });
  if (announced > bytesMax) return letGo(request, tooLarge);
  const chunks: Buffer[] = [];
  let length = 0;
  // Read by hand: who leaves a loop over the stream destroys it, and the refusal is never heard.
  const isWhole = await new Promise<boolean>((resolve, reject) => {
    request.on('error', reject);
    request.on('close', () => reject(new Error('The sender left before the file had come.')));
    request.on('end', () => resolve(true));
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > bytesMax) resolve(false);
      else chunks.push(chunk);
    });
  });
  return isWhole ? accepted(Buffer.concat(chunks, length)) : letGo(request, tooLarge);
}

/** What is still on its way is thrown away unread, so that the refusal can be heard. */
function letGo<Value>(request: IncomingMessage, value: Value): Value {
  request.removeAllListeners('data').resume();
  return value;
}
