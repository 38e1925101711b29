import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import {
  BankCodes,
  hasRole,
  Officer,
  STAFF,
  StaffGuard,
  staffProblem,
  StaffRoles,
  type StaffMember,
} from '../../staff/index.js';
import { DigestsService } from '../digests.service.js';
import { FEDERATION_SCOPE } from '../domain/audit-digest.js';
import { digestToWire } from '../domain/digest-wire.js';
import { AfterQuery, DigestPageDto, DigestsDto, HeadsDto } from './audit.dto.js';

const LIMIT = 100;

/** What an auditor takes away and verifies elsewhere (SM-3.5, T-17). */
@ApiTags('audit')
@Controller(`${STAFF}/audit`)
@UseGuards(StaffGuard)
@StaffRoles('auditor')
export class AuditController {
  constructor(
    @Inject(DigestsService) private readonly digests: DigestsService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get('heads')
  @ApiOperation({
    operationId: 'listAuditHeads',
    summary: '要約の最新（監査人が手元に残す証し）',
    ...{ 'x-summary-en': 'The last digest of every chain, to be kept as a witness' },
  })
  @ApiOkResponse({ type: HeadsDto })
  async heads(@Officer() officer: StaffMember): Promise<HeadsDto> {
    const found = await this.digests.heads();
    const own = found.filter(({ scope }) => mayRead(officer, scope));
    return { heads: own.map(digestToWire) };
  }

  @Get('chains/:chain/digests')
  @ApiOperation({
    operationId: 'listAuditDigests',
    summary: '要約の一覧（古い順）',
    ...{ 'x-summary-en': 'Digests of one chain, oldest first' },
  })
  @ApiOkResponse({ type: DigestsDto })
  async list(
    @Param('chain') chain: string,
    @Query() { after = '0', limit = LIMIT }: AfterQuery,
    @Officer() officer: StaffMember,
  ): Promise<DigestsDto> {
    const scope = await this.scopeOf(chain, officer);
    const found = await this.digests.list(scope, BigInt(after), limit);
    return { digests: found.map(digestToWire) };
  }

  @Get('chains/:chain/lines')
  @ApiOperation({
    operationId: 'readAuditLines',
    summary: '次の要約と、その対象となる記録',
    ...{ 'x-summary-en': 'The next digest with the rows that it speaks of' },
  })
  @ApiOkResponse({ type: DigestPageDto })
  async lines(
    @Param('chain') chain: string,
    @Query() { after = '0' }: AfterQuery,
    @Officer() officer: StaffMember,
  ): Promise<DigestPageDto> {
    const page = await this.digests.page(await this.scopeOf(chain, officer), BigInt(after));
    if (!page) throw platformProblem('not_found');
    const { digest, lines } = page;
    return { digest: digestToWire(digest), lines: lines.map(({ line }) => line) };
  }

  /** `federation`, or the code of an institution at which the officer is an auditor. */
  private async scopeOf(chain: string, officer: StaffMember): Promise<number> {
    const scope = chain === 'federation' ? FEDERATION_SCOPE : await this.codes.idOf(chain);
    if (!mayRead(officer, scope)) throw staffProblem('role_missing');
    return scope;
  }
}

const mayRead = (officer: StaffMember, scope: number): boolean =>
  hasRole(officer, 'auditor', scope === FEDERATION_SCOPE ? [] : [scope]);
