import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { APPROVED, authorizeUrl, CONSENT } from './approve.js';
import { Browser } from './browser.js';
import { accountInformation } from './fixtures.js';
import { startGateway, type AnotherProcess, type GatewayUnderTest } from './gateway-under-test.js';
import { Intermediary } from './intermediary.js';

let gateway: GatewayUnderTest;
let other: AnotherProcess;
let minato: Intermediary;

// In the middle of a change of keys: this process has [old, new], the other one is a step further with [new, old].
beforeAll(async () => {
  gateway = await startGateway();
  minato = await Intermediary.of(gateway);
  const content = JSON.parse(await readFile(gateway.secretsFile, 'utf8')) as {
    readonly cursorKey: readonly string[];
  };
  const file = `${gateway.secretsFile}.turned`;
  await writeFile(file, JSON.stringify({ ...content, cursorKey: content.cursorKey.toReversed() }));
  other = await gateway.another('silent', { GATEWAY_SECRETS_FILE: file });
});
afterAll(async () => {
  await other.stop();
  await gateway.stop();
});

let consents = 0;

/** Handed over by the process at `port`, and agreed to. */
async function agreedAt(port: number | undefined) {
  const pushed = await minato.push(accountInformation());
  const browser = new Browser(gateway);
  const { location } = await browser.open(authorizeUrl(minato, pushed), port);
  const consentId = `cns_under_way_${(consents += 1)}`;
  const consent = { ...CONSENT, consentId };
  const back = gateway.bank.decide(location, { ...APPROVED, consent });
  return { pushed, browser, consentId, back };
}

const ways = [
  ['from a process that signs with the old key to one that signs with the next', true],
  ['from a process that signs with the next key to one that signs with the old', false],
] as const;

describe.each(ways)('a holder %s', (_, isForward) => {
  const ports = (): readonly [from: number | undefined, to: number | undefined] =>
    isForward ? [undefined, other.port] : [other.port, undefined];

  test('T-05 returns, and is let in', async () => {
    const [from, to] = ports();
    const { pushed, browser, back } = await agreedAt(from);
    const returned = await browser.open(back, to);
    expect(returned.status).toBe(303);
    const landed = new URL((await browser.open(returned.location, to)).location);
    const code = landed.searchParams.get('code') ?? '';
    expect((await minato.redeem(code, pushed)).status).toBe(200);
  });

  test('returns to both, since the first one died half-way: one grant', async () => {
    const [from, to] = ports();
    const { browser, consentId, back } = await agreedAt(from);
    // What the library saves last fails, as when the process ends there.
    await gateway.asOwner(`
      create function fail_here() returns trigger language plpgsql as
        $$ begin raise exception 'the process ends here'; end $$;
      create trigger fail_here before insert on oidc_artifact
        for each row when (new.model = 'Grant') execute function fail_here()`);
    const died = await browser.open(back, from);
    await gateway.asOwner('drop function fail_here cascade');
    expect(died.status).toBe(500);
    expect((await browser.open(back, to)).status).toBe(303);
    const grants = await gateway.asOwner('select from consent_grant where consent_id = $1', [
      consentId,
    ]);
    expect(grants).toHaveLength(1);
  });

  test('T-22 whose last answer was lost lands at the same place', async () => {
    const [from, to] = ports();
    const { browser, back } = await agreedAt(from);
    const { location } = await browser.open(back, from);
    const lost = await browser.copy().open(location, from);
    expect(new URL(lost.location).searchParams.get('code')).toBeTruthy();
    const heard = await browser.open(location, to);
    expect([heard.status, heard.location]).toEqual([lost.status, lost.location]);
  });
});
