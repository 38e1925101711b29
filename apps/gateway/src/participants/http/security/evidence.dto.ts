import { ApiProperty } from '@nestjs/swagger';
import type { EvidenceFileView } from '../../../bank/index.js';
import { idPattern } from '../own-affairs.js';

export const EVIDENCE_BYTES_MAX = 10 * 1024 * 1024;

export class EvidenceFileDto {
  @ApiProperty({ pattern: idPattern('evd'), maxLength: 30 })
  evidenceId: string;
  @ApiProperty({ maxLength: 200, example: 'access-review-2026-11.pdf' })
  fileName: string;
  @ApiProperty({ maxLength: 100, example: 'application/pdf', description: 'Judged by the content' })
  mediaType: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: EVIDENCE_BYTES_MAX })
  sizeBytes: number;
  @ApiProperty({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })
  sha256: string;
  @ApiProperty({
    enum: ['quarantined', 'clean', 'infected'],
    description: 'Nobody opens it before it was examined (T-25)',
  })
  state: string;
  @ApiProperty({ format: 'date-time' })
  uploadedAt: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  scannedAt: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 40,
    description: 'Since when the bytes are gone: the term of every institution was over',
  })
  erasedAt: string | null;
}

export const toEvidenceFile = (view: EvidenceFileView): EvidenceFileDto => ({
  evidenceId: view.evidenceId,
  fileName: view.fileName,
  mediaType: view.mediaType,
  sizeBytes: view.sizeBytes,
  sha256: view.sha256,
  state: view.state,
  uploadedAt: view.uploadedAt,
  scannedAt: view.scannedAt,
  erasedAt: view.erasedAt,
});
