import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { instantToWire, type Instant } from '#libs/kernel';
import { INTERNAL } from '../../platform/internal-caller.js';
import { stateOfOutage, type OutageState } from '../domain/outage.js';
import { OutagesService } from '../outages.service.js';

export class OutageDto {
  @ApiProperty({ pattern: '^out_[0-9a-z]{26}$' })
  outageId: string;

  @ApiProperty({ pattern: '^[0-9]{4}$' })
  bankCode: string;

  @ApiProperty({ enum: ['planned', 'incident'] })
  kind: 'planned' | 'incident';

  @ApiProperty({ enum: ['planned', 'running', 'over', 'cancelled'] })
  state: OutageState;

  @ApiProperty({ type: [String], description: 'Empty: every function' })
  functions: string[];

  @ApiProperty({ format: 'date-time' })
  announcedAt: string;

  @ApiProperty({ format: 'date-time' })
  startsAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endsAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  endedAt: string | null;
}

export class OutagesDto {
  @ApiProperty({ type: [OutageDto] })
  outages: OutageDto[];
}

/** Planned, running and lately ended outages of every institution. */
@ApiTags('changes')
@Controller(`${INTERNAL}/outages`)
export class GetOutagesController {
  constructor(@Inject(OutagesService) private readonly outages: OutagesService) {}

  @Get()
  @ApiOperation({ operationId: 'getOutages', summary: '計画停止と障害の一覧' })
  @ApiOkResponse({ type: OutagesDto })
  async get(): Promise<OutagesDto> {
    const all = await this.outages.all();
    return {
      outages: all.map(({ bankCode, outage }) => ({
        outageId: outage.id,
        bankCode,
        kind: outage.kind,
        state: stateOfOutage(outage),
        functions: [...outage.functions],
        announcedAt: instantToWire(outage.announcedAt),
        startsAt: instantToWire(outage.startsAt),
        endsAt: wire(outage.endsAt),
        endedAt: wire(outage.endedAt ?? outage.cancelledAt),
      })),
    };
  }
}

const wire = (at: Instant | undefined): string | null =>
  at === undefined ? null : instantToWire(at);
