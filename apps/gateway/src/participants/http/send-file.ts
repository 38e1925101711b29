import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { BankCoreFile } from '../../bank/index.js';

const binary = { schema: { type: 'string', format: 'binary', maxLength: 4_194_304 } };

/** The three forms of a document; the PDF and the HTML are the same bytes each time. */
export const AnswersDocument = () =>
  applyDecorators(
    ApiProduces('application/pdf', 'text/html', 'application/json'),
    ApiOkResponse({
      description: 'The document as it was issued, with its hash and signature',
      content: {
        'application/pdf': binary,
        'text/html': binary,
        'application/json': {
          schema: { type: 'object', additionalProperties: true, description: 'The data, sealed' },
        },
      },
    }),
  );

/** Passes a document on, byte for byte, as a download that no browser takes for a page of ours (T-25). */
export async function sendFile(reply: FastifyReply, file: BankCoreFile): Promise<void> {
  await reply
    .header('content-type', file.mediaType)
    .header('content-disposition', `attachment; filename="${file.fileName}"`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(file.bytes);
}
