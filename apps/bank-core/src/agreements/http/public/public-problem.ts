import { ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from '#libs/platform';

/** A refusal of the public pages as the document shows it. */
export const publicProblem = (status: number, description: string) =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
  });
