import { describe, expect, test } from '@jest/globals';
import { CivilDate } from '#libs/kernel';
import { EVERYTHING, type RemovedRight } from '../facts/linkage.js';
import { impactPreview } from './impact-preview.js';
import { beginLink, mayUseLink, stepLink, type LinkState } from './link.js';
import { beginTransfer, stepTransfer, type TransferEvent, type TransferState } from './transfer.js';

const HOUR = 3_600_000;
const noon = CivilDate.from('2026-11-20').at('12:00');
const monday = CivilDate.from('2026-11-24').startsAt();

/** A link on which the whole way of the clause was gone before the measure. */
function stopped(
  institution: string,
  basis: 'RKN-S4c' | 'RKN-C2b',
  removed: readonly RemovedRight[],
) {
  const result = stepLink(
    beginLink(institution, 'epsp_1', noon - 999 * HOUR),
    {
      type: 'measure_committed',
      id: 'm',
      happenedAt: noon,
      institution,
      enteredBy: 'staff_sato',
      approvedBy: 'staff_mori',
      measureId: 'mea_1',
      kind: removed === EVERYTHING ? 'suspension' : 'restriction',
      basis,
      removed,
      grounds: { text: 'grounds', evidence: ['doc_1'] },
      authority: {
        originId: 'dem_1',
        originArrivedAt: noon - 500 * HOUR,
        originDueAt: noon - 200 * HOUR,
        failureFoundAt: noon - 199 * HOUR,
        noticeId: 'ntc_1',
        noticeArrivedAt: noon - 72 * HOUR,
        noticeLeadHours: 72,
      },
    },
    noon,
  );
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value.state;
}

describe('X-09 one partner at one bank, the whole linkage at another', () => {
  const onlyOne = EVERYTHING.map(({ right }) => ({ right, reach: 'cp_one' as const }));
  const bank1 = stopped('2951', 'RKN-C2b', onlyOne);
  const bank2 = stopped('2963', 'RKN-S4c', EVERYTHING);
  const bank3 = beginLink('2997', 'epsp_1', noon);
  const answer = (link: LinkState, traffic: 'direct' | 'cp_one' | 'cp_two') => {
    const result = mayUseLink(link, { right: 'balances_read', traffic }, noon);
    return result.ok ? 'passes' : `${result.refusal.code} ${result.refusal.clause}`;
  };

  //    whose call   bank 1: that partner only      bank 2: everything            bank 3: untouched
  test.each([
    ['direct', 'passes', 'linkage_suspended RKN-S4c', 'passes'],
    ['cp_one', 'linkage_restricted RKN-C2b', 'linkage_suspended RKN-S4c', 'passes'],
    ['cp_two', 'passes', 'linkage_suspended RKN-S4c', 'passes'],
  ] as const)('X-09 %s', (traffic, first, second, third) => {
    expect([answer(bank1, traffic), answer(bank2, traffic), answer(bank3, traffic)]).toEqual([
      first,
      second,
      third,
    ]);
  });
});

describe('X-21 a stop reaches only what is not yet fixed', () => {
  let told = 0;
  type Draft<T> = T extends TransferEvent ? Omit<T, 'id' | 'happenedAt'> : never;
  const tell = (state: TransferState, at: number, draft: Draft<TransferEvent>) => {
    told += 1;
    return stepTransfer(state, { id: `e${told}`, happenedAt: at, ...draft }, at);
  };
  const after = (state: TransferState, at: number, draft: Draft<TransferEvent>): TransferState => {
    const result = tell(state, at, draft);
    if (!result.ok) throw new Error(result.refusal.code);
    return result.value.state;
  };
  const shown = (timing: 'same_day' | 'reservation') =>
    after(beginTransfer({ timing, throughIntermediary: true }, noon), noon, {
      type: 'content_shown',
      confirmBy: noon + HOUR,
    });
  const confirm = (link: 'open' | 'closed') =>
    ({
      type: 'confirmed',
      identityMatched: true,
      link,
      debitFrom: monday,
      cancelBefore: monday,
    }) as const;

  const sameDay = after(shown('same_day'), noon + 1, confirm('open'));
  const reserved = after(shown('reservation'), noon + 1, confirm('open'));
  const underWay = shown('same_day');
  const link = stopped('2963', 'RKN-S4c', EVERYTHING);
  const mayFix = mayUseLink(link, { right: 'transfer_initiation', traffic: 'direct' }, noon);

  test('X-21 the impact preview lists both fixed requests, and the one that will be refused', () => {
    const requests = [
      { id: 'trf_1', state: sameDay },
      { id: 'trf_2', state: reserved },
      { id: 'trf_3', state: underWay },
      { id: 'trf_4', state: beginTransfer({ timing: 'same_day', throughIntermediary: false }, 0) },
    ];
    const none = { heldForOfficer: [], cancelled: [], refused: ['trf_3'] };
    expect(impactPreview(requests, 'A')).toEqual({ ...none, completed: ['trf_1', 'trf_2'] });
    expect(impactPreview(requests, 'B')).toEqual({
      ...none,
      completed: ['trf_1'],
      heldForOfficer: ['trf_2'],
    });
    expect(impactPreview(requests, 'C')).toEqual({
      ...none,
      completed: ['trf_1'],
      cancelled: ['trf_2'],
    });
  });

  test('X-21 only under INT-21 C the stop cancels a reservation, and only one made through it', () => {
    const stop = { type: 'withdrawn_by_institution', reason: 'linkage_stopped' } as const;
    expect(after(reserved, noon + 2, stop)).toMatchObject({
      name: 'CANC',
      facts: { reason: 'linkage_stopped' },
    });
    const own = after(
      after(beginTransfer({ timing: 'reservation', throughIntermediary: false }, noon), noon, {
        type: 'content_shown',
        confirmBy: noon + HOUR,
      }),
      noon + 1,
      confirm('open'),
    );
    expect(tell(own, noon + 2, stop)).toMatchObject({ refusal: { code: 'not_through_a_link' } });
    expect(tell(sameDay, noon + 2, stop)).toMatchObject({
      refusal: { code: 'event_out_of_order' },
    });
  });

  test('X-21 what was fixed is sent on, and the reservation runs on its date', () => {
    expect(after(sameDay, noon + 2, { type: 'sent' }).name).toBe('ACSC');
    expect(tell(reserved, monday - 1, { type: 'debited' })).toMatchObject({
      refusal: { code: 'not_before_designated_date' },
    });
    expect(after(reserved, monday, { type: 'debited' }).name).toBe('ACSP');
  });

  test('X-21 the confirmation under way is refused, and nothing is debited', () => {
    expect(mayFix).toMatchObject({ refusal: { code: 'linkage_suspended', clause: 'RKN-S4c' } });
    const result = tell(underWay, noon + 2, confirm(mayFix.ok ? 'open' : 'closed'));
    expect(result).toMatchObject({ ok: false, refusal: { code: 'linkage_suspended' } });
    expect(underWay.facts.formedAt).toBeUndefined();
  });

  test('X-21 a new request through the stopped link is refused before it is shown', () => {
    expect(mayFix.ok).toBe(false);
    const newConsent = mayUseLink(link, { right: 'new_consents', traffic: 'direct' }, noon + 9);
    expect(newConsent).toMatchObject({ refusal: { code: 'linkage_suspended' } });
  });
});

describe('INT-21 the impact preview lists every request made through the link once', () => {
  const request = (id: string, name: TransferState['name'], throughIntermediary = true) => {
    const begun = beginTransfer({ timing: 'same_day', throughIntermediary }, noon);
    return { id, state: { ...begun, name } };
  };

  //  the status      what becomes of it
  test.each([
    ['RCVD', 'refused'],
    ['ACTC', 'refused'],
    ['RSVD', 'completed'],
    ['PDNG', 'completed'],
    ['ACSP', 'completed'],
  ] as const)('INT-21 a request that is %s is %s, under every reading', (name, list) => {
    const none = { completed: [], heldForOfficer: [], cancelled: [], refused: [] };
    for (const reading of ['A', 'B', 'C'] as const) {
      expect(
        impactPreview([request('trf_1', name), request('trf_2', name, false)], reading),
      ).toEqual({ ...none, [list]: ['trf_1'] });
    }
  });

  test.each(['ACSC', 'RJCT', 'CANC', 'EXPD'] as const)(
    'INT-21 a stop does nothing to a request that is %s',
    (name) => {
      expect(Object.values(impactPreview([request('trf_1', name)], 'A')).flat()).toEqual([]);
    },
  );
});
