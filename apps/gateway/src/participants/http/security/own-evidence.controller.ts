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
import { coreProblem, OwnSecurity, type EvidenceFileView } from '../../../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../../../platform/config.js';
import { ListCursor } from '../../../platform/list-cursor.js';
import { PageDto, pageOf, ShortPageQuery } from '../list-page.js';
import { idOf, idPattern, idSchema, ME, orRefuse, OwnAffair } from '../own-affairs.js';
import { ownCaller } from '../own-caller.js';

/** Where files are taken. */
export const EVIDENCE_PATH = `${ME}/evidence`;
const BYTES_MAX = 10 * 1024 * 1024;
/** Percent-encoded UTF-8, since a header holds ASCII and an address is logged by everybody on its way. */
const FILE_NAME = /^(?:[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2}){1,600}$/;

export class EvidenceFileDto {
  @ApiProperty({ pattern: idPattern('evd'), maxLength: 30 })
  evidenceId: string;
  @ApiProperty({ maxLength: 200, example: 'access-review-2026-11.pdf' })
  fileName: string;
  @ApiProperty({ maxLength: 100, example: 'application/pdf', description: 'Judged by the content' })
  mediaType: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: BYTES_MAX })
  sizeBytes: number;
  @ApiProperty({ pattern: '^[0-9a-f]{64}$', maxLength: 64 })
  sha256: string;
  @ApiProperty({
    enum: ['quarantined', 'clean', 'infected'],
    description: 'Nobody opens it before it was examined (T-25)',
  })
  state: string;
  @ApiProperty({ format: 'date-time' })
  uploadedAt: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  scannedAt: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 40,
    description: 'Since when the bytes are gone: the term of every institution was over',
  })
  erasedAt: string | null;
}

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
  @ApiBody({ schema: { type: 'string', format: 'binary', maxLength: BYTES_MAX } })
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
    const bytes = await readFileBody(request.raw, BYTES_MAX);
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

const toEvidenceFile = (view: EvidenceFileView): EvidenceFileDto => ({
  evidenceId: view.evidenceId,
  fileName: view.fileName,
  mediaType: view.mediaType,
  sizeBytes: view.sizeBytes,
  sha256: view.sha256,
  state: view.state,
  uploadedAt: view.uploadedAt,
  scannedAt: view.scannedAt,
  erasedAt: view.erasedAt,
});
