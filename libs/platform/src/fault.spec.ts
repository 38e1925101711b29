import { describe, expect, test } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import pg from 'pg';
import { faultOf } from './fault.js';
import { sendProblem } from './problem.filter.js';

const NAME = 'ヤマダ タロウ';

/** As PostgreSQL reports a row that breaks a constraint: the whole row stands in the detail. */
function brokenConstraint(): Error {
  const message = 'new row for relation "holder" violates check constraint "holder_kana"';
  const error = new pg.DatabaseError(message, message.length, 'error');
  return Object.assign(error, {
    severity: 'ERROR',
    code: '23514',
    detail: `Failing row contains (1, ${NAME}, 1234567).`,
    where: `unnamed portal parameter $1 = '${NAME}'`,
    table: 'holder',
    constraint: 'holder_kana',
  });
}

describe('T-30 what a log may hold of an error', () => {
  test('of the database: state, table and constraint, and nothing of the row', () => {
    const fault = faultOf(brokenConstraint());
    expect(fault).toMatchObject({
      message: 'the database refused with 23514',
      sqlState: '23514',
      table: 'holder',
      constraint: 'holder_kana',
      stack: expect.stringMatching(/^\s+at /),
    });
    expect(JSON.stringify(fault)).not.toMatch(/ヤマダ|1234567/);
  });

  test('of the object mapper: no parameters, and the cause in the same narrow form', () => {
    const outer = Object.assign(new Error('Query failed', { cause: brokenConstraint() }), {
      parameters: [NAME],
    });
    const fault = faultOf(outer);
    expect(fault).toMatchObject({ message: 'Query failed', cause: { sqlState: '23514' } });
    expect(JSON.stringify(fault)).not.toContain(NAME);
  });

  test('of a bug: its sentence, and frames that do not repeat it', () => {
    const fault = faultOf(new TypeError('x is not a function'));
    expect(fault).toMatchObject({ type: 'TypeError', message: 'x is not a function' });
    expect(fault.stack).toContain('fault.spec');
    expect(fault.stack).not.toContain('x is not');
  });

  test('what is no error at all says nothing of itself', () => {
    expect(faultOf(NAME)).toEqual({ type: 'string', message: 'not an error', stack: '' });
  });

  test('a failed request is logged that way', () => {
    const lines: unknown[] = [];
    const log = { error: (...line: unknown[]) => lines.push(line) };
    const request = { headers: {}, raw: { headers: {} }, log } as unknown as FastifyRequest;
    const reply = { header: () => reply, status: () => reply, send: () => reply };
    sendProblem(brokenConstraint(), request, reply as unknown as FastifyReply);
    expect(lines).toEqual([
      [
        {
          fault: expect.objectContaining({ sqlState: '23514' }),
          code: 'internal_error',
          interactionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
        'request failed',
      ],
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/ヤマダ|1234567/);
  });
});
