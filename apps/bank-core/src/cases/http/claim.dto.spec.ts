import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { ClaimDto, EstablishFactsDto, WhatIfDto } from './claim.dto.js';

test.each([
  ['WhatIfDto', WhatIfDto, 'claim'],
  ['EstablishFactsDto', EstablishFactsDto, 'claim'],
  ['ClaimDto', ClaimDto, 'relation'],
  ['ClaimDto', ClaimDto, 'theftDate'],
  ['ClaimDto', ClaimDto, 'falseStatement'],
] as const)('%s without its parts is not well formed: %s', (_, Dto, member) => {
  const found = validateSync(plainToInstance<object, object>(Dto, {}));
  expect(found.map(({ property }) => property)).toContain(member);
});

// ValidateNested takes a list for what it holds: an empty one would pass as a whole claim.
test('a list is no claim, and no part of one', () => {
  const found = validateSync(plainToInstance(WhatIfDto, { about: 'compensation', claim: [] }));
  expect(found.map(({ property }) => property)).toEqual(['claim']);
  const parts = validateSync(plainToInstance(ClaimDto, { holderFault: [], relation: [] }));
  expect(parts.map(({ property }) => property)).toEqual(
    expect.arrayContaining(['holderFault', 'relation']),
  );
});
