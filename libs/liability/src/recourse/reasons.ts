import type { TraceNode } from '#libs/contracts';
import { instantToWire, yenForPeople, type Words } from '#libs/kernel';
import type { Claimable } from './claimable-amount.js';
import type { Payer, RecourseClass, WithoutClause } from './gates.js';
import { printed, type RecourseQuestion } from './question.js';

const SIDES = {
  EPSP: { ja: '代行業者', en: 'the intermediary' },
  FI: { ja: '金融機関', en: 'the financial institution' },
} as const;

/** Why there is no clause, as it is told: never as "no right". Source: INT-09, INT-10. */
export const WITHOUT: Readonly<Record<WithoutClause, Words>> = {
  both_paid: {
    ja: '双方が支払った場合の負担について、公表部分に定めなし。',
    en: 'Both have paid: who bears it is not in the published part.',
  },
  epsp_paid_outside_service: {
    ja: '代行業者がサービス以外の損害を支払った場合について、公表部分に定めなし。',
    en: 'The intermediary paid for a loss outside the service: not in the published part.',
  },
  paid_though_exempt: {
    ja: '免責があるのに支払われたもので、RKN-L1に基づく支払でなく、公表部分に定めなし。',
    en: 'It was paid though exempt, so not under RKN-L1: not in the published part.',
  },
  gate_not_met: {
    ja: 'サービスの損害の支払で、やむを得ないとの判断の記録がなく、公表部分に求償の定めなし。',
    en: 'A service loss paid without recorded unavoidable grounds: no recourse is published.',
  },
};

/** The steps of a recourse decision after the attribution: who paid, what for, which way, how much. */
export function traceOf(
  asked: RecourseQuestion,
  payer: Payer,
  found: RecourseClass,
  amount: Claimable,
): TraceNode[] {
  return [
    paymentNode(asked, payer),
    ...(payer === 'EPSP' ? [exemptionNode(asked)] : []),
    ...(payer === 'FI' ? gateNodes(asked, found) : []),
    wayNode(asked, found, amount),
  ];
}

function paymentNode({ payments }: RecourseQuestion, payer: Payer): TraceNode {
  const reason = {
    NONE: { ja: '利用者にはまだ支払われていない。', en: 'Nobody has paid the user yet.' },
    EPSP: { ja: '代行業者が利用者に支払った。', en: 'The intermediary has paid the user.' },
    FI: { ja: '金融機関が利用者に支払った。', en: 'The financial institution has paid the user.' },
    BOTH: { ja: '双方が利用者に支払った。', en: 'Both have paid the user.' },
  }[payer];
  return {
    clause: payer === 'FI' ? 'RKN-L4-0a' : 'RKN-L1b',
    effect: payer === 'NONE' ? 'not_met' : 'applies',
    facts: payments.map(({ id, by, amountYen, paidAt }) => ({
      name: `payments.${id}`,
      value: { by, amountYen, paidAt: instantToWire(paidAt) },
      evidence: [],
    })),
    value: payer,
    reason,
  };
}

/** RKN-L1c frees the intermediary, but not for fraud (RKN-L1d). */
function exemptionNode({ exempt, fraud, scope }: RecourseQuestion): TraceNode {
  const facts = [printed('scope', scope), printed('exempt', exempt), printed('fraud', fraud)];
  if (exempt.value !== 'yes') {
    const isOpen = exempt.value === 'unknown';
    return {
      clause: 'RKN-L1c',
      effect: isOpen ? 'undetermined' : 'not_met',
      facts,
      reason: isOpen
        ? { ja: '免責の有無は確認されていない。', en: 'Whether it was exempt is not established.' }
        : {
            ja: '免責はなく、RKN-L1に基づく支払である。',
            en: 'No exemption: it paid under RKN-L1.',
          },
    };
  }
  const isFraud = fraud.value === 'yes';
  return {
    clause: 'RKN-L1c',
    effect: isFraud ? 'overridden' : fraud.value === 'no' ? 'applies' : 'undetermined',
    facts,
    ...(isFraud && { overriddenBy: ['RKN-L1d'] as const }),
    reason: isFraud
      ? {
          ja: '不正払戻しによる損害には免責だけでは足りない。',
          en: 'For fraud the exemption is not enough.',
        }
      : {
          ja: 'サービスに係る契約により支払は不要であった。',
          en: 'The agreement asked for no payment.',
        },
  };
}

function gateNodes(asked: RecourseQuestion, found: RecourseClass): TraceNode[] {
  const { scope, unavoidable, payments } = asked;
  const gateA: TraceNode = {
    clause: 'RKN-L4-0a',
    effect: found.gate === 'A' ? 'applies' : scope.value === 'service' ? 'not_met' : 'undetermined',
    facts: [printed('scope', scope)],
    reason:
      found.gate === 'A'
        ? {
            ja: '機能または連携に関する損害である。',
            en: 'The loss is one of function or linkage.',
          }
        : {
            ja: '機能・連携の損害とは認められていない。',
            en: 'No loss of function or linkage was found.',
          },
  };
  if (found.gate === 'A') return [gateA];
  const paidAt = Math.min(...payments.map((payment) => payment.paidAt));
  const isLate = unavoidable.recordedAt !== undefined && unavoidable.recordedAt > paidAt;
  const recorded =
    unavoidable.recordedAt === undefined ? '' : instantToWire(unavoidable.recordedAt);
  const gateB: TraceNode = {
    clause: 'RKN-L4-0b',
    effect:
      found.gate === 'B' ? 'applies' : unavoidable.value === 'unknown' ? 'undetermined' : 'not_met',
    facts: [
      {
        ...printed('unavoidable', unavoidable),
        value: {
          found: unavoidable.value,
          grounds: unavoidable.grounds,
          approvedBy: unavoidable.approvedBy,
          recordedAt: recorded,
          paidAt: instantToWire(paidAt),
        },
      },
    ],
    ...(isLate && { value: 'recorded_after_payment' }),
    reason: isLate
      ? {
          ja: `注意：事由の記録（${recorded}）は支払の後になされた。`,
          en: `Warning: the grounds were recorded after the payment, at ${recorded}.`,
        }
      : {
          ja: 'サービスの損害は、やむを得ないとの判断の記録があるときに求償できる。',
          en: 'For a service loss, recorded grounds that payment was unavoidable open the way.',
        },
  };
  return [gateA, gateB];
}

function wayNode(asked: RecourseQuestion, found: RecourseClass, amount: Claimable): TraceNode {
  const facts = [
    { name: 'paidYen', value: amount.paidYen, evidence: [] },
    { name: 'recoveredYen', value: amount.recoveredYen, evidence: [] },
    { name: 'primaFacie', value: asked.primaFacie.length > 0, evidence: asked.primaFacie },
  ];
  const node = (
    effect: TraceNode['effect'],
    reason: Words,
    clause: TraceNode['clause'] = found.clause ?? 'RKN-L*',
  ): TraceNode => ({ clause, effect, facts, value: amount.claimableYen, reason });
  const yen = yenForPeople(amount.claimableYen);
  const agreed = amount.agreementVersion !== undefined;
  const bothAccepted = {
    ja: `双方が承諾した合意により${yen}を求償できる。`,
    en: `Both accepted: ${amount.claimableYen} yen may be claimed.`,
  };
  if (found.why && found.kind === 'without_clause') {
    const { ja, en } = WITHOUT[found.why];
    // Without a clause it is the agreement alone that carries the claim (INT-10).
    return agreed
      ? node('reading', { ja: `${ja}${bothAccepted.ja}`, en: `${en} ${bothAccepted.en}` })
      : node('not_met', { ja, en });
  }
  switch (found.kind) {
    case 'full': {
      const { ja, en } = SIDES[found.claimant ?? 'EPSP'];
      return node('applies', {
        ja: `専ら相手方の責めであり、${ja}は支払った額のうち${yen}を求償できる。`,
        en: `Solely the other side: ${en} may claim ${amount.claimableYen} yen of what it paid.`,
      });
    }
    case 'agreed':
    case 'consultation':
      return agreed
        ? node('applies', bothAccepted)
        : node('undetermined', {
            ja: '誠実に協議する。合意までは請求できず、割合は計算しない。',
            en: 'The sides consult; before agreement there is no claim and no computed share.',
          });
    case 'own':
      return node('not_met', {
        ja: '支払った側の責めであり、その負担にとどまる。',
        en: 'The payer itself is responsible: it bears what it paid.',
      });
    case 'nothing_yet':
      return node('not_met', {
        ja: '支払がないため、求償の権利はまだ生じていない。',
        en: 'Nothing was paid, so no right of recourse has arisen yet.',
      });
    case 'two_cases':
      return node(
        'reading',
        {
          ja: '双方の支払は、それぞれ別の案件として判断する。',
          en: 'Each payment is decided as a case of its own.',
        },
        'RKN-L2a',
      );
    default:
      return node('undetermined', {
        ja: '求償の有無を決める事実が確認されていない。',
        en: 'Facts that decide about recourse have not been established.',
      });
  }
}
