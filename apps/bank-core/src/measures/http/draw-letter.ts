import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { problemOf } from '#libs/platform';
import { documentSentences, DocumentsService, type SealedDocument } from '../../documents/index.js';
import { documentStatuses } from './measure.problems.js';

/** Sends a document as somebody reads it: as an attachment, never to be taken for a page of ours (T-25). */
@Injectable()
export class DrawLetter {
  constructor(@Inject(DocumentsService) private readonly documents: DocumentsService) {}

  async send(
    reply: FastifyReply,
    sealed: SealedDocument,
    form: 'pdf' | 'html' | 'json' = 'pdf',
  ): Promise<void> {
    const drawn = await this.documents.draw(sealed, form);
    if (!drawn.ok) throw problemOf(drawn.refusal, documentStatuses, documentSentences);
    const { mediaType, fileName, bytes } = drawn.value;
    await reply
      .header('content-type', mediaType)
      .header('content-disposition', `attachment; filename="${fileName}"`)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'private, no-store')
      .send(Buffer.from(bytes));
  }
}
