import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiParam, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf, platformProblem } from '#libs/platform';
import { Documented } from '../http/documented.js';
import { problemCatalogue } from './generated/problem-catalogue.js';
import { ProblemPageDto, toProblemPage } from './problem-page.dto.js';
import { PROBLEM_PAGE_POLICY, problemPageOf } from './problem-page.js';

const FRESH_SECONDS = 3_600;
const entries = new Map(problemCatalogue.map((entry) => [entry.code, entry]));

/** Where `type` of RFC 9457 leads: one page for each code of the house (users.md D.6, B 23). */
export const problemPagesAt = (origin: string): string => `${origin}/problems`;

@ApiTags('problems')
@ApiExtraModels(ProblemPageDto)
@Controller('problems/:code')
export class ProblemPagesController {
  @Get()
  @Documented({
    id: 'getProblem',
    ja: 'エラーコードの意味',
    en: 'What a code means, and whether to try again',
    isPublic: true,
  })
  @ApiParam({
    name: 'code',
    schema: { type: 'string', pattern: '^[a-z][a-z0-9_]*$', maxLength: 80 },
    example: 'linkage_suspended',
  })
  @ApiResponse({
    status: 200,
    description: 'As a page where Accept names text/html, as JSON otherwise',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ProblemPageDto) } },
      'text/html': { schema: { type: 'string', pattern: '^<!doctype html>', maxLength: 20_000 } },
    },
  })
  get(
    @Param('code') code: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ProblemPageDto | string {
    const entry = entries.get(code);
    if (!entry) throw platformProblem('not_found');
    const { accept = '', 'accept-language': asked } = request.headers;
    const language = languageOf(asked);
    void reply
      .header('cache-control', `public, max-age=${FRESH_SECONDS}`)
      .header('vary', 'accept, accept-language');
    if (!accept.includes('text/html')) return toProblemPage(entry);
    void reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-language', language)
      .header('content-security-policy', PROBLEM_PAGE_POLICY);
    return problemPageOf(entry, language);
  }
}
