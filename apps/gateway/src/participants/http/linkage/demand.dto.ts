import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsString,
  Length,
  Matches,
} from 'class-validator';
import type { OwnMatterView, ReplyRequest } from '../../../bank/index.js';
import { LINE } from '../../../platform/http/shapes.dto.js';
import { idPattern } from '../own-affairs.js';
import { PageDto } from '../list-page.js';
import { ProcedureDto, toProcedure } from './duty.dto.js';

const TEXT_MAX = 4_000;
type DemandReply = Exclude<ReplyRequest['kind'], 'partner_stopped'>;
const KINDS: readonly DemandReply[] = ['improvement_reported', 'remediation_reported'];

/** What an intermediary says and what shows it; whether it suffices is judged by people (RKN-S4b). */
export class StatementDto {
  @ApiProperty({ minLength: 1, maxLength: TEXT_MAX, example: '4.2 の権限の見直しを終えました。' })
  @IsString()
  @Length(1, TEXT_MAX)
  text: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 200 },
    maxItems: 50,
    example: ['access-review-2026-11.pdf'],
    description: 'Names of what shows it: files, reports, lines of a record',
  })
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  @Matches(LINE, { each: true })
  evidence: string[];
}

export class DemandReplyDto extends StatementDto {
  @ApiProperty({
    enum: KINDS,
    description:
      'improvement_reported within the period (RKN-S4a); remediation_reported under a measure (RKN-S4c)',
  })
  @IsIn([...KINDS])
  kind: DemandReply;
}

export class ReplyTakenDto {
  @ApiProperty({ pattern: '^[A-Z_]{1,40}$', maxLength: 40, example: 'REPORTED' })
  state: string;
}

export class DemandDto extends ProcedureDto {
  @ApiProperty({ pattern: idPattern('dem'), maxLength: 30 })
  demandId: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'string', maxLength: 100 },
    maxItems: 200,
    example: ['4.2'],
    description: 'Items of the checklist or the standard that have to be improved',
  })
  items: string[];
}

export class DemandsDto extends PageDto {
  @ApiProperty({ type: [DemandDto], maxItems: 50 })
  data: DemandDto[];
}

export class StopRequestDto extends ProcedureDto {
  @ApiProperty({ pattern: idPattern('req'), maxLength: 30 })
  requestId: string;
  @ApiProperty({ pattern: idPattern('cp'), maxLength: 29 })
  chainPartnerId: string;
}

export class StopRequestsDto extends PageDto {
  @ApiProperty({ type: [StopRequestDto], maxItems: 5_000 })
  data: StopRequestDto[];
}

/** The demands that are open; one that was closed stands in its letters. */
export const toDemands = (views: readonly OwnMatterView[]): DemandDto[] =>
  views.flatMap((view) =>
    view.machine === 'security-review' && view.about !== null
      ? [{ demandId: view.about, items: [...view.items], ...toProcedure(view, 'improvement') }]
      : [],
  );

export const toStopRequests = (views: readonly OwnMatterView[]): StopRequestDto[] =>
  views.flatMap((view) =>
    view.machine === 'chain-stop' && view.about !== null && view.chainPartnerId !== null
      ? [
          {
            requestId: view.about,
            chainPartnerId: view.chainPartnerId,
            ...toProcedure(view, 'stop'),
          },
        ]
      : [],
  );
