import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { clausesOf, readingIds, rknAgreement, smTerms } from '#libs/contracts';
import { projectRoot } from '../project.js';
import { collectRefusals, placeOf, type ListedRefusal } from './collect.js';
import { refusalsPage } from './page.js';
import { PROBLEM_CATALOGUE, problemCatalogueSource } from './problem-catalogue.js';

let refusals: ListedRefusal[];
beforeAll(async () => {
  refusals = await collectRefusals();
});

describe('refusals', () => {
  test('docs/refusals.md is what `npm run refusals -- --write` writes', async () => {
    expect(readFileSync(join(projectRoot, 'docs/refusals.md'), 'utf8')).toBe(await refusalsPage());
  });

  test('B-23 the pages of the codes are those of the house, one for each', async () => {
    const source = await problemCatalogueSource();
    expect(readFileSync(join(projectRoot, PROBLEM_CATALOGUE), 'utf8')).toBe(source);
    const codes = [...source.matchAll(/^ {2}\{"code":"([a-z0-9_]+)"/gm)].map(([, code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const answered = refusals.filter(({ status }) => status !== undefined);
    expect(answered.filter(({ code }) => !codes.includes(code))).toEqual([]);
  });

  test('every code is in lower_snake_case and has a sentence in both languages', () => {
    const broken = refusals.filter(
      ({ code, ja, en }) =>
        !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(code) ||
        !/[。！）]$/.test(ja) ||
        !/[.!)]$/.test(en) ||
        !/[\u3040-\u30ff\u4e00-\u9fff]/.test(ja),
    );
    expect(broken.map(({ place, code }) => `${place} ${code}`)).toEqual([]);
  });

  test('a clause that the gateway names for a refusal of bank-core is the one bank-core names', () => {
    const clausesInside = (code: string) =>
      refusals
        .filter(({ place }) => place.startsWith('bank-core/'))
        .filter((inner) => inner.code === code && inner.clause)
        .map(({ clause }) => clause);
    const differing = refusals
      .filter(({ place, clause }) => place.startsWith('gateway/') && clause)
      .filter(({ code }) => clausesInside(code).length > 0)
      .filter(({ code, clause }) => !clausesInside(code).includes(clause))
      .map(({ code, clause }) => `${code}: ${clause}, inside ${clausesInside(code).join(' ')}`);
    expect(differing).toEqual([]);
  });

  test('a clause that a refusal names is one of the two texts, or a reading of the register', () => {
    const clauses = [rknAgreement, smTerms].flatMap(clausesOf).map(({ id }) => id as string);
    const known = new Set([...clauses, ...readingIds]);
    const cited = refusals.flatMap(({ place, code, clause }) =>
      clause === undefined ? [] : [{ at: `${place} ${code}`, clause }],
    );
    expect(cited.length).toBeGreaterThan(50);
    expect(cited.filter(({ clause }) => !known.has(clause))).toEqual([]);
  });

  test('every refusal of the gateway has an HTTP status or belongs to OAuth’s own errors', () => {
    const bare = refusals.filter(
      ({ place, status, code }) =>
        place.startsWith('gateway/') && place !== 'gateway/authorization' && !status && code,
    );
    expect(bare.map(({ place, code }) => `${place} ${code}`)).toEqual([]);
  });

  test('a place is a room of a server or a library', () => {
    expect(placeOf('apps/gateway/src/bank/domain/core.refusals.js')).toBe('gateway/bank');
    expect(placeOf('libs/liability/src/liability.refusals.js')).toBe('libs/liability');
  });
});
