import { All, Controller } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { platformProblem } from '#libs/platform';
import { presentProblemAsPage } from './present-problem.js';

/** Any other address beside the pages is answered as a page too, never as JSON. */
@ApiExcludeController()
@Controller()
export class UnknownPageController {
  @All(['approve', 'approve/*', 'approvals', 'approvals/*'])
  @RouteConfig({ presentProblem: presentProblemAsPage })
  unknown(): never {
    throw platformProblem('not_found');
  }
}
