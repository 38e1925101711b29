import { ApiProperty } from '@nestjs/swagger';
import { isRetryable, type ProblemEntry } from './problem-page.js';

export class ProblemSentenceDto {
  @ApiProperty({ maxLength: 500, example: '連携は停止されています。' })
  ja: string;

  @ApiProperty({ maxLength: 500, example: 'The link is suspended.' })
  en: string;

  @ApiProperty({ type: 'string', nullable: true, maxLength: 40, example: 'RKN-S4c' })
  clause: string | null;
}

export class ProblemPageDto {
  @ApiProperty({ maxLength: 80, example: 'linkage_suspended' })
  code: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'integer', minimum: 400, maximum: 599 },
    maxItems: 10,
    example: [403],
    description: 'Empty: an OAuth error holds the code in front of its description',
  })
  statuses: number[];

  @ApiProperty({ example: false, description: 'Whether every answer of it may be tried again' })
  retryable: boolean;

  @ApiProperty({ type: [ProblemSentenceDto], maxItems: 20 })
  sentences: ProblemSentenceDto[];
}

export const toProblemPage = (entry: ProblemEntry): ProblemPageDto => ({
  code: entry.code,
  statuses: [...entry.statuses],
  retryable: isRetryable(entry),
  sentences: entry.sentences.map(({ ja, en, clause }) => ({ ja, en, clause: clause ?? null })),
});
