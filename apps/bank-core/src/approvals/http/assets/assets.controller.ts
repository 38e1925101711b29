import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { platformProblem } from '#libs/platform';
import { assets } from './assets.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  sheet(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const sheet = assets.sheet(name);
    if (!sheet) throw platformProblem('not_found');
    const gzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    void reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', FOR_EVER);
    void reply.header('vary', 'accept-encoding');
    if (gzip) void reply.header('content-encoding', 'gzip');
    void reply.send(gzip ? sheet.gzipped : sheet.plain);
  }

  @Get('fonts/:name')
  font(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const font = assets.font(name);
    if (!font) throw platformProblem('not_found');
    void reply.header('content-type', 'font/woff2').header('cache-control', FOR_EVER).send(font);
  }
}
