import { instantToWire, type RefusalSentences } from '#libs/kernel';
import { ChangeDesk } from '../../apps/gateway/src/clients/index.js';
import type { ChangeRefusal, PendingChange } from '../../apps/gateway/src/clients/index.js';
import type { StaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import { Failure } from '../failure.js';
import { gatewayOwnerUrl } from './bank-database.js';
import type { Say } from './line.js';
import { needed, type StaffOptions } from './options.js';
import { agree } from './two-people.js';

/** Why the bank's decision about a change of a registration has no effect. */
const changeSentences = {
  change_not_pending: {
    ja: 'この変更申請は決定済みか、期限が切れたか、存在しません。',
    en: 'This change was decided before, has expired, or does not exist.',
  },
  change_differs: {
    ja: '承認された内容と変更申請の内容が一致しません。',
    en: 'The change has other content than what was agreed to.',
  },
  change_key_compromised: {
    ja: '追加しようとする鍵、または申請を証明した鍵に漏えいの届出があります。',
    en: 'A key that the change adds, or the one that proved the wish, was reported as compromised.',
  },
} satisfies RefusalSentences<ChangeRefusal>;

type Decide = (desk: StaffDesk, options: StaffOptions, say: Say) => Promise<void>;

/** What intermediaries asked to change in their registrations, oldest first (T-12). */
export const changes: Decide = (_desk, _options, say) =>
  atDesk(async (desk) => {
    for (const change of await desk.pending()) {
      const { changeId, clientId, epspId, askedAt } = change;
      const at = instantToWire(askedAt);
      say({
        words: {
          ja: `${changeId}  ${epspId}  ${clientId}  ${at}  ${whatOf(change)}`,
          en: `${changeId}  ${epspId}  ${clientId}  ${at}  ${whatOf(change)}`,
        },
        data: { ...change, askedAt: at },
      });
    }
  });

export const approveChange: Decide = (desk, options, say) => decide(desk, options, say, 'approved');
export const rejectChange: Decide = (desk, options, say) => decide(desk, options, say, 'rejected');

/** Two people agree to the content that was asked for, and the change is carried out or put away (T-17). */
async function decide(
  staff: StaffDesk,
  options: StaffOptions,
  say: Say,
  outcome: 'approved' | 'rejected',
): Promise<void> {
  await atDesk(async (desk) => {
    const change = await desk.find(needed(options.change));
    if (!change) throw new Failure(changeSentences.change_not_pending, 4);
    const { changeId, clientId, epspId, contentHash } = change;
    const content = { changeId, clientId, epspId, contentHash, outcome };
    const { proposal, approver } = await agree(
      staff,
      options,
      'registration_change',
      content,
      ({ id }) =>
        say({
          words: {
            ja: `起案 ${id}  ${whatOf(change)}  ${contentHash}`,
            en: `proposal ${id}  ${whatOf(change)}  ${contentHash}`,
          },
          data: {
            proposal: id,
            contentHash,
            content: change.content,
            provenBy: change.provenBy,
          },
        }),
    );
    const decided = await desk.decide({
      changeId,
      contentHash,
      outcome,
      proposalId: proposal.id,
      decidedBy: [proposal.proposedBy.mailAddress, approver.mailAddress],
    });
    if (!decided.ok) throw new Failure(changeSentences[decided.refusal.code], 4);
    say({
      words: {
        ja: `変更申請 ${changeId} を${outcome === 'approved' ? '承認し、反映しました' : '却下しました'}`,
        en: `change ${changeId} ${outcome === 'approved' ? 'approved and carried out' : 'rejected'}`,
      },
      data: { changeId, clientId, epspId, outcome },
    });
  });
}

async function atDesk(work: (desk: ChangeDesk) => Promise<void>): Promise<void> {
  const desk = new ChangeDesk(await gatewayOwnerUrl());
  try {
    await work(desk);
  } finally {
    await desk.close();
  }
}

/** What would change, in the members' own names, and which key proved the wish: a stolen one may have (T-12). */
function whatOf({ content, provenBy }: PendingChange): string {
  const { redirectUris, metadata, addKeys = [], endKeys = [] } = content;
  return [
    ...(redirectUris ? [`redirect_uris: ${redirectUris.join(' ')}`] : []),
    ...(metadata ? ['metadata'] : []),
    ...addKeys.map(({ kid, thumbprint }) => `+key ${kid} (${thumbprint})`),
    ...endKeys.map(({ kid }) => `-key ${kid}`),
    `proven_by: ${provenBy}`,
  ].join(', ');
}
