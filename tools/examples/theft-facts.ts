import type { StoryTime } from './story-time.js';

const found = (value: string, ...evidence: string[]) => ({ value, evidence });

/** What was established about the theft, each fact with its evidence (SM-14.1 to SM-14.4). */
export function theftFacts(time: StoryTime, transfer: string, amount: bigint, fee: bigint): object {
  return {
    holderIsIndividual: found('yes', '契約書'),
    credentialsStolen: found('yes', 'みなと家計の漏えい報告'),
    depositReduced: found('yes', '元帳'),
    theftDate: { status: 'not_clear', evidence: [] },
    notices: [
      { id: '窓口受付 2026-118', at: time.wire(0, 31), kind: 'notice', tellsOfMisuse: true },
    ],
    promptNotice: found('yes', '窓口受付 2026-118'),
    adequateExplanation: found('yes', '聴取書'),
    policeReport: found('yes', '被害届の受理番号'),
    otherTheftEvidence: found('no'),
    cooperation: found('yes', '聴取書'),
    holderFault: found('none', '端末の調査報告'),
    institutionGoodFaith: found('yes', '振込の機械記録'),
    institutionFaultless: found('yes', '振込の機械記録'),
    relation: found('stranger', '警察の回答'),
    falseStatement: found('no', '聴取書'),
    graveDisorder: found('no', '聴取書'),
    transfers: [
      {
        id: transfer,
        happenedAt: time.wire(0, 1),
        amount: String(amount),
        fee: String(fee),
        interest: '0',
      },
    ],
    impediments: [],
    setOffs: [],
  };
}
