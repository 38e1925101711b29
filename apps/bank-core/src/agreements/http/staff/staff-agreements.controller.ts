import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { UseGuards } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { instantToWire } from '#libs/kernel';
import { platformProblem } from '#libs/platform';
import {
  BankCodes,
  Officer,
  ProposalAnswer,
  ProposalDto,
  STAFF,
  StaffGuard,
  StaffRoles,
  type StaffMember,
} from '../../../staff/index.js';
import { AgreementEndings } from '../../agreement-endings.js';
import { AgreementFilesService, type AgreementView } from '../../agreement-files.service.js';
import { AgreementVersions } from '../../agreement-versions.js';
import { AgreementsService } from '../../agreements.service.js';
import { CoverageChanges } from '../../coverage-changes.js';
import { assentsMissing, sectionsOf } from '../../domain/agreement-file.js';
import { NOTICE_SECTIONS } from '../../domain/published-notice.js';
import { agreementToWire, sectionsToWire } from '../agreement-wire.js';
import { dateOf } from '../date-of.js';
import {
  AgreementFileDto,
  AgreementsDto,
  ListAgreementsQuery,
  ProposeCoverageDto,
  ProposeEndingDto,
  ProposeVersionDto,
} from './agreement.dto.js';

/** Versions of agreements, who assents to them and who leaves: each change is a proposal of two people (RKN-0). */
@ApiTags('agreements')
@Controller(`${STAFF}/agreements`)
@UseGuards(StaffGuard)
export class StaffAgreementsController {
  constructor(
    @Inject(AgreementFilesService) private readonly files: AgreementFilesService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(AgreementVersions) private readonly versions: AgreementVersions,
    @Inject(CoverageChanges) private readonly coverage: CoverageChanges,
    @Inject(AgreementEndings) private readonly endings: AgreementEndings,
    @Inject(BankCodes) private readonly codes: BankCodes,
    @Inject(ProposalAnswer) private readonly answer: ProposalAnswer,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'listAgreements',
    summary: '契約の版の一覧',
    ...{ 'x-summary-en': 'Every version of the agreements, with whom it covers' },
  })
  @ApiOkResponse({ type: AgreementsDto })
  async list(@Query() { epspId }: ListAgreementsQuery): Promise<AgreementsDto> {
    const files = await this.files.list(epspId);
    const codeOf = (id: number) => this.codes.codeOf(id);
    return { agreements: await Promise.all(files.map((file) => agreementToWire(file, codeOf))) };
  }

  @Get(':agreementId')
  @ApiOperation({
    operationId: 'getAgreement',
    summary: '契約の版',
    ...{ 'x-summary-en': 'One version: what is published of it, who assented, who left' },
  })
  @ApiOkResponse({ type: AgreementFileDto })
  async get(@Param('agreementId') id: string): Promise<AgreementFileDto> {
    const { file, acts, series, currentId } = await this.known(id);
    const codeOf = (institutionId: number) => this.codes.codeOf(institutionId);
    const before = series.find((one) => one.id === file.supersedes);
    return {
      ...(await agreementToWire(file, codeOf)),
      isCurrent: file.id === currentId,
      assentsMissing: await Promise.all(assentsMissing(file, before).map(codeOf)),
      acts: await Promise.all(
        acts.map(async ({ institutionId, effectiveOn, at, ...act }) => ({
          ...act,
          bankCode: await codeOf(institutionId),
          effectiveOn: effectiveOn.toString(),
          at: instantToWire(at),
        })),
      ),
      sections: sectionsToWire(sectionsOf(file)),
    };
  }

  @Post()
  @HttpCode(202)
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'proposeVersion',
    summary: '契約の版の起案',
    ...{ 'x-summary-en': 'Propose a version of an agreement (RKN-0.1)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async propose(
    @Body() body: ProposeVersionDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    if (!(await this.agreements.intermediary(body.epspId))) throw platformProblem('not_found');
    const { epspId, effectiveFrom, effectiveTo, supersedes, bankCode, sections } = body;
    const content = {
      epspId,
      effectiveFrom: dateOf(effectiveFrom).toString(),
      effectiveTo: effectiveTo === undefined ? null : dateOf(effectiveTo).toString(),
      partyId: bankCode === undefined ? null : await this.codes.idOf(bankCode),
      supersedes: supersedes ?? null,
      sections: sections ? plain(sections) : NOTICE_SECTIONS,
    };
    return this.answer.of(this.versions.kind, await this.versions.propose(officer, content));
  }

  @Post(':agreementId/coverage-acts')
  @HttpCode(202)
  @StaffRoles('compliance')
  @ApiOperation({
    operationId: 'proposeCoverage',
    summary: '対象金融機関の加入・離脱の起案（版への同意を含む）',
    ...{ 'x-summary-en': 'Propose that institutions join a version, or leave (RKN-0.2)' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async cover(
    @Param('agreementId') id: string,
    @Body() { act, bankCodes, effectiveOn, reason }: ProposeCoverageDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const { file } = await this.known(id);
    const content = {
      epspId: file.intermediaryId,
      agreementId: file.id,
      act,
      effectiveOn: effectiveOn === undefined ? null : dateOf(effectiveOn).toString(),
      reason,
      institutionIds: await Promise.all(bankCodes.map((code) => this.codes.idOf(code))),
    };
    return this.answer.of(this.coverage.kind, await this.coverage.propose(officer, content));
  }

  @Post(':agreementId/endings')
  @HttpCode(202)
  @StaffRoles('federation_officer')
  @ApiOperation({
    operationId: 'proposeAgreementEnding',
    summary: '契約の終了の起案',
    ...{ 'x-summary-en': 'Propose that an agreement ends' },
  })
  @ApiAcceptedResponse({ type: ProposalDto })
  async end(
    @Param('agreementId') id: string,
    @Body() { lastDay, reason }: ProposeEndingDto,
    @Officer() officer: StaffMember,
  ): Promise<ProposalDto> {
    const { file } = await this.known(id);
    const about = { epspId: file.intermediaryId, agreementId: file.id };
    const content = { ...about, lastDay: dateOf(lastDay).toString(), reason };
    return this.answer.of(this.endings.kind, await this.endings.propose(officer, content));
  }

  private async known(id: string): Promise<AgreementView> {
    const view = /^agr_[0-9a-z]{1,40}$/.test(id) ? await this.files.find(id) : undefined;
    if (!view) throw platformProblem('not_found');
    return view;
  }
}

/** Plain data, so that what is hashed is what was meant. */
const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
