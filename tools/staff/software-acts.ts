import { instantToWire, type RefusalSentences, type Words } from '#libs/kernel';
import {
  BLOCK_DAYS,
  SoftwareDesk,
  type SoftwareDecision,
  type SoftwareRefusal,
} from '../../apps/gateway/src/clients/index.js';
import type { StaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import { Failure } from '../failure.js';
import { gatewayOwnerUrl } from './bank-database.js';
import type { Say } from './line.js';
import { instantOf, needed, type StaffOptions } from './options.js';
import { agree } from './two-people.js';

/** Why the bank's decision about software has no effect. */
const softwareSentences = {
  software_not_found: {
    ja: 'そのソフトウェアは登録されていません。',
    en: 'There is no such software.',
  },
  software_already_blocked: {
    ja: 'このソフトウェアはすでに停止中です。',
    en: 'This software is blocked already.',
  },
  software_not_blocked: {
    ja: 'このソフトウェアは停止中ではありません。',
    en: 'This software is not blocked.',
  },
  block_end_wrong: {
    ja: '停止の期限には、これから30日以内の時刻を指定してください。',
    en: 'A block ends in the future, and within thirty days.',
  },
  software_key_not_found: {
    ja: 'その鍵または証明書は、このソフトウェアに登録されていません。',
    en: 'This software has no such key or certificate.',
  },
  key_already_compromised: {
    ja: 'その鍵にはすでに漏えいの届出があります。',
    en: 'This key was reported as compromised before.',
  },
} satisfies RefusalSentences<SoftwareRefusal>;

const DAY_MS = 86_400_000;

type Run = (desk: StaffDesk, options: StaffOptions, say: Say) => Promise<void>;

/** What is blocked now, with the reason, the oldest first. */
export const blocks: Run = (_staff, _options, say) =>
  atDesk(async (desk) => {
    for (const block of await desk.blocks()) {
      const { clientId, epspId, reason } = block;
      const since = instantToWire(block.since);
      const until = instantToWire(block.until);
      say({
        words: {
          ja: `${clientId}  ${epspId}  ${since} から ${until} まで  ${reason}`,
          en: `${clientId}  ${epspId}  from ${since} until ${until}  ${reason}`,
        },
        data: { ...block, since, until },
      });
    }
  });

/** Two people block one piece of software for a time: no data and nothing new, but withdrawals (users.md A.3). */
export const block: Run = (staff, options, say) => {
  const until = instantOf(needed(options.until));
  return decide(staff, options, say, {
    kind: 'software_block',
    more: { until: instantToWire(until) },
    seenBefore: async (desk, clientId) => {
      const now = await staff.clock.now();
      if (until <= now || until > now + BLOCK_DAYS * DAY_MS) return 'block_end_wrong';
      return (await isBlocked(desk, clientId)) ? 'software_already_blocked' : undefined;
    },
    effect: (desk, decision) => desk.block({ ...decision, until }),
    words: (clientId) => ({
      ja: `ソフトウェア ${clientId} を停止しました`,
      en: `software ${clientId} blocked`,
    }),
  });
};

/** Two people let it go on before its time. */
export const unblock: Run = (staff, options, say) =>
  decide(staff, options, say, {
    kind: 'software_unblock',
    more: {},
    seenBefore: async (desk, clientId) =>
      (await isBlocked(desk, clientId)) ? undefined : 'software_not_blocked',
    effect: (desk, decision) => desk.lift(decision),
    words: (clientId) => ({
      ja: `ソフトウェア ${clientId} の停止を解除しました`,
      en: `software ${clientId} goes on`,
    }),
  });

/** Two people report a key that leaked: it is refused for ever, and what it obtained is dead (T-09). */
export const reportKey: Run = (staff, options, say) => {
  const kid = needed(options.kid);
  return decide(staff, options, say, {
    kind: 'software_key_report',
    more: { kid },
    effect: (desk, decision) => desk.reportKey({ ...decision, kid }),
    words: (clientId) => ({
      ja: `ソフトウェア ${clientId} の鍵 ${kid} を漏えいとして記録しました`,
      en: `key ${kid} of software ${clientId} reported as compromised`,
    }),
  });
};

interface SoftwareAct {
  readonly kind: string;
  /** What the proposal says beside software and reason. */
  readonly more: object;
  /** What can be told before anybody is asked to agree; the desk judges it again. */
  readonly seenBefore?: (
    desk: SoftwareDesk,
    clientId: string,
  ) => Promise<SoftwareRefusal | undefined>;
  readonly effect: (
    desk: SoftwareDesk,
    decision: SoftwareDecision,
  ) => ReturnType<SoftwareDesk['lift']>;
  readonly words: (clientId: string) => Words;
}

/** One proposes, another approves exactly that, and it has its effect at the gateway in one transaction (T-17). */
async function decide(
  staff: StaffDesk,
  options: StaffOptions,
  say: Say,
  { kind, more, seenBefore, effect, words }: SoftwareAct,
): Promise<void> {
  const clientId = needed(options.software);
  const reason = needed(options.basis);
  await atDesk(async (desk) => {
    const owner = await desk.ownerOf(clientId);
    if (!owner.ok) throw new Failure(softwareSentences[owner.refusal.code], 4);
    const early = await seenBefore?.(desk, clientId);
    if (early) throw new Failure(softwareSentences[early], 4);
    const content = { clientId, epspId: owner.value, reason, ...more };
    const { proposal, approver } = await agree(
      staff,
      options,
      kind,
      content,
      ({ id, contentHash }) =>
        say({
          words: { ja: `起案 ${id}  ${contentHash}`, en: `proposal ${id}  ${contentHash}` },
          data: { proposal: id, contentHash, content },
        }),
    );
    const done = await effect(desk, {
      clientId,
      reason,
      proposalId: proposal.id,
      decidedBy: [proposal.proposedBy.mailAddress, approver.mailAddress],
    });
    if (!done.ok) throw new Failure(softwareSentences[done.refusal.code], 4);
    say({ words: words(clientId), data: { ...content, proposal: proposal.id } });
  });
}

const isBlocked = async (desk: SoftwareDesk, clientId: string): Promise<boolean> =>
  (await desk.blocks()).some((block) => block.clientId === clientId);

async function atDesk(work: (desk: SoftwareDesk) => Promise<void>): Promise<void> {
  const desk = new SoftwareDesk(await gatewayOwnerUrl());
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}
