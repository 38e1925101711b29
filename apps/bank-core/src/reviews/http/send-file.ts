import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProduces, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

/** A file on its way out. */
export interface OutgoingFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

const bytes = { schema: { type: 'string', format: 'binary', maxLength: 20_000_000 } };

/** A table to save, as CSV or as JSON of this shape. */
export const AnswersTable = (json: Type<object>) =>
  applyDecorators(
    ApiExtraModels(json),
    ApiProduces('text/csv', 'application/json'),
    ApiOkResponse({
      description: 'The file, named by content-disposition',
      content: {
        'text/csv': bytes,
        'application/json': { schema: { $ref: getSchemaPath(json) } },
      },
    }),
  );

/** Somebody's file as it was sent; its own type stands in x-renkei-media-type. */
export const AnswersBytes = () =>
  applyDecorators(
    ApiProduces('application/octet-stream'),
    ApiOkResponse({
      description: 'The file, named by content-disposition',
      content: { 'application/octet-stream': bytes },
    }),
  );

/** Saved and never shown: no browser takes it for a page of ours, or guesses what it might be (T-25). */
export async function sendFile(reply: FastifyReply, file: OutgoingFile): Promise<void> {
  const plain = file.fileName.replace(/[^A-Za-z0-9._-]/g, '_');
  const encoded = encodeURIComponent(file.fileName).replace(/['()*]/g, escape);
  await reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`)
    .header('content-security-policy', "sandbox; default-src 'none'")
    .header('x-content-type-options', 'nosniff')
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'private, no-store')
    .send(file.bytes);
}

const escape = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
