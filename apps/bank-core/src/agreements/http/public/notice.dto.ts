import { ApiProperty } from '@nestjs/swagger';

export class NoticeWordsDto {
  @ApiProperty({ maxLength: 500, example: '賠償責任の分担' }) ja: string;
  @ApiProperty({ maxLength: 500, example: 'Sharing of liability' }) en: string;
}

export class NoticeClauseDto extends NoticeWordsDto {
  @ApiProperty({ maxLength: 20, example: 'RKN-L1a' }) id: string;
}

export class NoticeSectionDto {
  @ApiProperty({ enum: ['loss_sharing', 'user_information', 'chain_connection'] }) heading: string;
  @ApiProperty({ type: NoticeWordsDto }) title: NoticeWordsDto;
  @ApiProperty({ type: [NoticeClauseDto], maxItems: 100 }) clauses: NoticeClauseDto[];
}
