import { Body, Controller, HttpCode, Inject, Param, Post, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Officer, STAFF, StaffGuard, type StaffMember } from '../../staff/index.js';
import { HolderClaims } from '../holder-claims.service.js';
import { MisuseReports } from '../misuse-reports.service.js';
import { CaseNamedDto } from './answers/case-page.dto.js';
import { HolderViewDto } from './answers/holder-view.dto.js';
import { answered, CaseDoor } from './case-door.js';
import { misuseOf, PoliceReportDto, TakeMisuseDto } from './holder/misuse-report.dto.js';

/** The desk takes a theft in by telephone or at the counter: a holder whose service is locked can do nothing else. */
@ApiTags('cases')
@Controller(`${STAFF}/cases/:bankCode`)
@UseGuards(StaffGuard)
export class MisuseDeskController {
  constructor(
    @Inject(MisuseReports) private readonly reports: MisuseReports,
    @Inject(HolderClaims) private readonly claims: HolderClaims,
    @Inject(CaseDoor) private readonly door: CaseDoor,
  ) {}

  @Post('misuse-reports')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'takeMisuseReport',
    summary: '不正利用の届出の受付（電話・窓口、SM-14.1-1）',
    ...{ 'x-summary-en': 'A theft reported by telephone or at the counter' },
  })
  @ApiOkResponse({ type: HolderViewDto })
  async take(
    @Param('bankCode') bankCode: string,
    @Body() { holderId, reference, channel, ...body }: TakeMisuseDto,
    @Officer() officer: StaffMember,
  ): Promise<HolderViewDto> {
    const id = await this.door.toWork(bankCode, officer, 'branch_clerk', 'compliance');
    const told = misuseOf(body, { holderId, reference, channel });
    const name = answered(await this.reports.report(id, told, officer.mailAddress));
    return answered(await this.claims.view(name, holderId));
  }

  @Post(':caseId/police-reports')
  @HttpCode(200)
  @ApiOperation({
    operationId: 'takePoliceReport',
    summary: '被害届の番号の受付（SM-14.1-3）',
    ...{ 'x-summary-en': 'The number of the police report' },
  })
  @ApiOkResponse({ type: CaseNamedDto, description: 'Its facts have a new version' })
  async policeReport(
    @Param() at: Readonly<{ bankCode: string; caseId: string }>,
    @Body() body: PoliceReportDto,
    @Officer() officer: StaffMember,
  ): Promise<CaseNamedDto> {
    const roles = ['branch_clerk', 'compliance'] as const;
    const name = await this.door.case(at.bankCode, at.caseId, officer, ...roles);
    const told = await this.reports.policeReport(name, undefined, { ...body }, officer.mailAddress);
    return { caseId: answered(told).caseId };
  }
}
