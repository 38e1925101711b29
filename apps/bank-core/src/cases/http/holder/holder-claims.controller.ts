import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { instantToWire } from '#libs/kernel';
import { idempotencyKeyOf, INTERNAL } from '../../../platform/internal-caller.js';
import { BankCodes } from '../../../staff/index.js';
import { HolderClaims } from '../../holder-claims.service.js';
import { MisuseReports } from '../../misuse-reports.service.js';
import { HolderClaimsDto, HolderViewDto } from '../answers/holder-view.dto.js';
import { answered, wellFormed } from '../case-door.js';
import { ListOwnClaimsQuery, MisuseDto, misuseOf, PoliceReportDto } from './misuse-report.dto.js';

const PAGE = 50;
const BY_HOLDER = 'holder';

/**
 * A holder's own reports and claims, as the bank's own internet banking calls it once the holder has logged in there.
 * It moves no money and reads nobody else's: every case is looked up under the holder of the path (T-20).
 */
@ApiTags('holders')
@Controller(`${INTERNAL}/institutions/:bankCode/holders/:holderId`)
export class HolderClaimsController {
  constructor(
    @Inject(MisuseReports) private readonly reports: MisuseReports,
    @Inject(HolderClaims) private readonly claims: HolderClaims,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Post('misuse-reports')
  @HttpCode(200)
  @ApiOperation({ operationId: 'reportMisuse', summary: '不正利用の届出（SM-14.1-1）' })
  @ApiOkResponse({ type: HolderViewDto, description: 'The same key again is the same report' })
  async report(
    @Param() { bankCode, holderId }: HolderParams,
    @Body() body: MisuseDto,
    @Req() request: FastifyRequest,
  ): Promise<HolderViewDto> {
    const reference = idempotencyKeyOf(request);
    const institutionId = await this.codes.idOf(bankCode);
    const told = misuseOf(body, { holderId, reference, channel: 'internet_banking' });
    const name = answered(await this.reports.report(institutionId, told, BY_HOLDER));
    return answered(await this.claims.view(name, holderId));
  }

  @Get('claims')
  @ApiOperation({ operationId: 'listHolderClaims', summary: '自分の申出の一覧' })
  @ApiOkResponse({ type: HolderClaimsDto })
  async list(
    @Param() { bankCode, holderId }: HolderParams,
    @Query() { before, limit = PAGE }: ListOwnClaimsQuery,
  ): Promise<HolderClaimsDto> {
    const institutionId = await this.codes.idOf(bankCode);
    const lines = await this.claims.list(institutionId, holderId, { before, limit });
    const claims = lines.map(({ caseId, category, lossYen, paidYen, reportedAt }) => ({
      caseId,
      category,
      lossYen,
      paidYen,
      reportedAt: instantToWire(reportedAt),
    }));
    return { claims, next: (lines.length === limit && lines.at(-1)?.caseId) || null };
  }

  @Get('claims/:caseId')
  @ApiOperation({ operationId: 'getHolderClaim', summary: '自分の申出の状況' })
  @ApiOkResponse({ type: HolderViewDto })
  async one(@Param() { bankCode, holderId, caseId }: CaseParams): Promise<HolderViewDto> {
    const institutionId = await this.codes.idOf(bankCode);
    const name = { institutionId, caseId: wellFormed(caseId) };
    return answered(await this.claims.view(name, holderId));
  }

  @Post('claims/:caseId/police-reports')
  @HttpCode(200)
  @ApiOperation({ operationId: 'addPoliceReport', summary: '被害届の番号の届出（SM-14.1-3）' })
  @ApiOkResponse({ type: HolderViewDto })
  async policeReport(
    @Param() { bankCode, holderId, caseId }: CaseParams,
    @Body() body: PoliceReportDto,
  ): Promise<HolderViewDto> {
    const institutionId = await this.codes.idOf(bankCode);
    const name = { institutionId, caseId: wellFormed(caseId) };
    answered(await this.reports.policeReport(name, holderId, { ...body }, BY_HOLDER));
    return answered(await this.claims.view(name, holderId));
  }
}

type HolderParams = Readonly<{ bankCode: string; holderId: string }>;
type CaseParams = HolderParams & { readonly caseId: string };
