import type { FastifyReply } from 'fastify';

/** A file on its way out. */
export interface OutgoingFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

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
