import { Controller, Get, Inject, Param, Query, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Database, platformProblem } from '#libs/platform';
import { PostingBlocks, type BlockPage, type BlockWitness } from '../../accounts/index.js';
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
import { PostingVerdictDto, VerifyPostingsQuery } from './posting-blocks.dto.js';

/** Whether the postings are still what was sealed, and the head that an auditor keeps as his witness (SM-3.5, T-17). */
@ApiTags('audit')
@Controller(`${STAFF}/audit/banks/:bankCode/postings`)
@UseGuards(StaffGuard)
@StaffRoles('auditor')
export class PostingBlocksController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PostingBlocks) private readonly blocks: PostingBlocks,
    @Inject(BankCodes) private readonly codes: BankCodes,
  ) {}

  @Get('verification')
  @ApiOperation({
    operationId: 'verifyPostings',
    summary: '記帳の封印の検証（古い順に、一度に64封印まで）',
    ...{ 'x-summary-en': 'Verify the seals of the postings, oldest first, 64 at a time' },
  })
  @ApiOkResponse({ type: PostingVerdictDto })
  async verify(
    @Param('bankCode') bankCode: string,
    @Query() { after = '0', witness }: VerifyPostingsQuery,
    @Officer() officer: StaffMember,
  ): Promise<PostingVerdictDto> {
    const institutionId = await this.codes.idOf(bankCode);
    if (!hasRole(officer, 'auditor', [institutionId])) throw staffProblem('role_missing');
    const page = await this.database.inInstitution(institutionId, (tx) =>
      this.blocks.verifyPage(tx, institutionId, BigInt(after), witnessOf(witness)),
    );
    if (!page) throw platformProblem('not_found');
    return toWire(page);
  }
}

/** As the head was answered: number and hash with a colon between them. */
function witnessOf(text: string | undefined): BlockWitness | undefined {
  if (text === undefined) return undefined;
  const [number = '', hash = ''] = text.split(':');
  return { number: BigInt(number), hash };
}

const toWire = ({ blocks, rows, findings, through, isLast }: BlockPage): PostingVerdictDto => ({
  ...{ blocks, rows, isLast },
  findings: findings.map(({ number, fault }) => ({ number: number.toString(), fault })),
  through: `${through.number}:${through.hash}`,
});
