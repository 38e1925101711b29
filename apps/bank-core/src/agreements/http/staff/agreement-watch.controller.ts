import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  BankCodes,
  horizonOf,
  Officer,
  STAFF,
  StaffGuard,
  type StaffMember,
} from '../../../staff/index.js';
import { AgreementWatchService } from '../../watch.service.js';
import { AgreementsDueDto } from './watch.dto.js';

/** What has come due about agreements, partners and applications: a list for people, which does nothing. */
@ApiTags('agreements')
@Controller(`${STAFF}/agreement-watch`)
@UseGuards(StaffGuard)
export class AgreementWatchController {
  constructor(
    @Inject(AgreementWatchService) private readonly watch: AgreementWatchService,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'watchAgreements',
    summary: '契約・連鎖接続先・申込みの期限の一覧',
    ...{ 'x-summary-en': 'What has come due; nothing follows by itself' },
  })
  @ApiOkResponse({ type: AgreementsDueDto })
  async get(@Officer() officer: StaffMember): Promise<AgreementsDueDto> {
    const found = await this.watch.due(horizonOf(officer));
    return {
      due: await Promise.all(
        found.map(async ({ kind, clause, epspId, about, evidence, ground, since, ...where }) => ({
          ...{ kind, epspId, about },
          clause: clause ?? null,
          evidence: evidence ?? null,
          ground: ground ?? null,
          bankCode:
            where.institutionId === undefined ? null : await this.codes.codeOf(where.institutionId),
          since: since ?? null,
        })),
      ),
    };
  }
}
