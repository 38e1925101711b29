import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiParam,
  ApiProperty,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { FILE_BODY, platformProblem, readFileBody } from '#libs/platform';
import { CurrentAccess, type Access } from '../../../authorization/index.js';
import { coreProblem, OwnSecurity } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { PageDto, pageOf, ShortPageQuery } from '../list-page.js';
import { idOf, idSchema, ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';
import { EVIDENCE_BYTES_MAX, EvidenceFileDto, toEvidenceFile } from './evidence.dto.js';

/** Where files are taken. */
export const EVIDENCE_PATH = `${ME}/evidence`;
/** Percent-encoded UTF-8, since a header holds ASCII and an address is logged by everybody on its way. */
const FILE_NAME = /^(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2}){1,600}$/;

export class EvidenceFilesDto extends PageDto {
  @ApiProperty({ type: [EvidenceFileDto], maxItems: 99 })
  data: EvidenceFileDto[];
}

/** 証拠の資料: sent as it is, judged by its content, closed until it was examined (RKN-S2, T-25). */
@Controller(EVIDENCE_PATH)
export class OwnEvidenceController {
  private readonly cursors: ListCursor;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(OwnSecurity) private readonly security: OwnSecurity,
  ) {
    this.cursors = new ListCursor(config.secrets.cursorKey, 'evidence');
  }

  @Get()
  @OwnAffair({ id: 'listEvidence', ja: '自社の証拠資料', en: 'Your evidence, the newest first' })
  @ApiOkResponse({ type: EvidenceFilesDto })
  async list(
    @CurrentAccess() access: Access,
    @Query() query: ShortPageQuery,
  ): Promise<EvidenceFilesDto> {
    const caller = ownCaller(access);
    const page = await pageOf(
      {
        path: EVIDENCE_PATH,
        cursors: this.cursors,
        owner: caller.epspId,
        read: async (part) => orRefuse(await this.security.evidence(caller, part)),
        keyOf: ({ evidenceId }) => evidenceId,
      },
      query,
    );
    return { ...page, data: page.data.map(toEvidenceFile) };
  }

  @Get(':evidenceId')
  @ApiParam({ name: 'evidenceId', schema: idSchema('evd') })
  @OwnAffair({ id: 'getEvidence', ja: '証拠資料の状態', en: 'A piece of evidence and its state' })
  @ApiOkResponse({ type: EvidenceFileDto })
  async get(
    @CurrentAccess() access: Access,
    @Param('evidenceId') id: string,
  ): Promise<EvidenceFileDto> {
    const answer = await this.security.evidenceFile(ownCaller(access), idOf('evd', id));
    return toEvidenceFile(orRefuse(answer));
  }

  @Post()
  @HttpCode(200)
  @OwnAffair({
    id: 'uploadEvidence',
    ja: '証拠資料の提出（10 MiB まで）',
    en: 'Send a file of at most 10 MiB; the same content is the same file, however often',
    also: [422],
  })
  @ApiConsumes(FILE_BODY)
  @ApiBody({ schema: { type: 'string', format: 'binary', maxLength: EVIDENCE_BYTES_MAX } })
  @ApiHeader({
    name: 'x-file-name',
    required: true,
    description: 'What the file is called, percent-encoded UTF-8',
    schema: { type: 'string', pattern: FILE_NAME.source, maxLength: 600, example: 'policy.pdf' },
  })
  @ApiOkResponse({ type: EvidenceFileDto })
  async upload(
    @CurrentAccess() access: Access,
    @Req() request: FastifyRequest,
  ): Promise<EvidenceFileDto> {
    if (request.headers['content-type'] !== FILE_BODY)
      throw platformProblem('media_type_not_supported');
    const fileName = fileNameIn(request);
    const bytes = await readFileBody(request.raw, EVIDENCE_BYTES_MAX);
    if (!bytes.ok) throw coreProblem({ ...bytes.refusal, clause: 'RKN-S2' });
    const answer = await this.security.upload(ownCaller(access), fileName, bytes.value);
    return toEvidenceFile(orRefuse(answer));
  }
}

/** Refuses with `validation_failed`; the body is let go unread, so that the refusal can be heard. */
function fileNameIn({ headers, raw }: FastifyRequest): string {
  const name = decoded(headers['x-file-name']);
  if (name !== undefined && /^[^\p{C}\p{Zl}\p{Zp}/\\]{1,200}$/u.test(name)) return name;
  raw.resume();
  throw platformProblem('validation_failed');
}

function decoded(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string' || !FILE_NAME.test(header)) return undefined;
  try {
    return decodeURIComponent(header);
  } catch {
    return undefined;
  }
}
