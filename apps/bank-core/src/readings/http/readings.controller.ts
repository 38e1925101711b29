import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  BankCodes,
  horizonOf,
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  staffProblem,
  type StaffMember,
} from '../../staff/index.js';
import { ReadingChoices } from '../reading-choices.js';
import { ReadingsService, type EntryInForce } from '../readings.service.js';
import { ChooseReadingDto, ReadingRegisterDto, type ReadingEntryDto } from './reading.dto.js';

/** The register of readings as it holds at one institution, and the choice of another one. */
@ApiTags('readings')
@Controller(`${STAFF}/readings/:bankCode`)
@UseGuards(StaffGuard)
export class ReadingsController {
  constructor(
    @Inject(ReadingsService) private readonly readings: ReadingsService,
    @Inject(ReadingChoices) private readonly choices: ReadingChoices,
    @Inject(ProposalAnswer) private readonly proposals: ProposalAnswer,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listReadings',
    summary: '解釈登録簿（INT-01〜INT-31）',
    ...{ 'x-summary-en': 'The register of readings as it holds at one institution' },
  })
  @ApiOkResponse({ type: ReadingRegisterDto })
  async list(
    @Param('bankCode') bankCode: string,
    @Officer() officer: StaffMember,
  ): Promise<ReadingRegisterDto> {
    const institutionId = await this.codes.idOf(bankCode);
    const horizon = horizonOf(officer);
    if (horizon !== 'all' && !horizon.includes(institutionId)) throw staffProblem('role_missing');
    return { entries: (await this.readings.register(institutionId)).map(entryToWire) };
  }

  @Post()
  @HttpCode(202)
  @ApiOperation({
    operationId: 'proposeReading',
    summary: '解釈の選択の起案',
    ...{ 'x-summary-en': 'Another reading from a day to come, for a second person to approve' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async propose(
    @Param('bankCode') bankCode: string,
    @Body() { legalSource, ...choice }: ChooseReadingDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const institutionId = await this.codes.idOf(bankCode);
    const status = legalSource === undefined ? 'proposed' : 'signed';
    const content = { institutionId, ...choice, status, legalSource: legalSource ?? null } as const;
    return this.proposals.of(this.choices.kind, await this.choices.propose(officer, content));
  }
}

const entryToWire = ({ entry, used, coming }: EntryInForce): ReadingEntryDto => ({
  entry: used.entry,
  clauses: entry.clauses,
  question: entry.question,
  readings: entry.readings,
  inForce: { ...used, effectiveFrom: used.effectiveFrom?.toString() ?? null },
  coming: coming.map(({ institution: _, ...one }) => ({
    ...one,
    effectiveFrom: one.effectiveFrom.toString(),
  })),
});
