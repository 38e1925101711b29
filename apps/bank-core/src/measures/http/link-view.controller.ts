import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Officer, OwnBanks, STAFF, StaffGuard, type StaffMember } from '../../staff/index.js';
import { TimelineService } from '../timeline.service.js';
import { BankQuery, entryToWire, procedureToWire, StandingDto, TimelineDto } from './view.dto.js';

/** Where one institution's link to one intermediary stands, and how it came there (RKN-D5). */
@ApiTags('measures')
@Controller(`${STAFF}/links/:epspId`)
@UseGuards(StaffGuard)
export class LinkViewController {
  constructor(
    @Inject(TimelineService) private readonly timeline: TimelineService,
    @Inject(OwnBanks) private readonly banks: OwnBanks,
  ) {}

  @Get('standing')
  @ApiOperation({
    operationId: 'getLinkStanding',
    summary: '連携の現状・期限・義務',
    ...{ 'x-summary-en': 'Where a link stands: states, deadlines, duties' },
  })
  @ApiOkResponse({ type: StandingDto })
  async standing(
    @Param('epspId') epspId: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<StandingDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const views = await this.timeline.standing(id, epspId);
    return { procedures: views.map(procedureToWire) };
  }

  @Get('timeline')
  @ApiOperation({
    operationId: 'getLinkTimeline',
    summary: '連携の履歴',
    ...{ 'x-summary-en': 'The timeline of a link' },
  })
  @ApiOkResponse({ type: TimelineDto })
  async entries(
    @Param('epspId') epspId: string,
    @Query() { bankCode }: BankQuery,
    @Officer() officer: StaffMember,
  ): Promise<TimelineDto> {
    const id = await this.banks.seenBy(officer, bankCode);
    const entries = await this.timeline.timeline(id, epspId);
    return { entries: entries.map(entryToWire) };
  }
}
