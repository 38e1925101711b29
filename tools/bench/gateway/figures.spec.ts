import { expect, test } from '@jest/globals';
import { figuresOf, spreadOf } from './figures.js';

const first = {
  bare: 30,
  route: 300,
  mtls: 330,
  dpop: 500,
  twoProcesses: 550,
  token: 2400,
  bareToken: 2000,
  verify: 100,
};

test('each ratio is the issue’s: differences over the bare server and over one verification', () => {
  expect(figuresOf([first])).toMatchObject({
    bare_us: 30,
    route_us: 300,
    mtls_us: 330,
    dpop_us: 500,
    es256_verify_us: 100,
    mtls_overhead_vs_bare: 1,
    dpop_overhead_vs_verify: 2,
    token_vs_bare_provider: 1.2,
    two_processes_cpu_ratio: 1.1,
  });
});

test('ratios are taken inside a repetition: a slow one moves the costs and not the ratios', () => {
  const slow = Object.fromEntries(Object.entries(first).map(([name, us]) => [name, us * 3]));
  const figures = figuresOf([first, slow, slow]);
  expect(figures['route_us']).toBe(900);
  expect(figures['mtls_overhead_vs_bare']).toBe(1);
  expect(spreadOf([first, slow])['route_us']).toEqual([300, 900]);
});

test('what was not measured is null, and so is every ratio that needs it', () => {
  const { mtls: _, ...others } = first;
  expect(figuresOf([others])).toMatchObject({
    mtls_us: null,
    mtls_overhead_vs_bare: null,
    dpop_overhead_vs_verify: 2,
  });
});

test('what the database used is told beside a cell and is no part of a ratio', () => {
  const figures = figuresOf([{ ...first, dpopDatabase: 70 }]);
  expect(figures).toMatchObject({ dpop_db_us: 70, token_db_us: null, dpop_overhead_vs_verify: 2 });
});
