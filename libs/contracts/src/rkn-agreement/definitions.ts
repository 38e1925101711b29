import { triAnd } from '#libs/kernel';
import { article, enforce } from '../clause.js';

/** RKN-D: the words of the agreement and the facts that they mean. */
export const definitions = article('RKN-D', { ja: '文言の定義', en: 'Definitions' }, [
  enforce('RKN-D1a', {
    key: '情報の全部又は一部を利用者に伝達',
    ja: '得た情報を一部でも連鎖接続先に渡すのは連鎖接続であり、呼出しごとに申告する。',
    en: 'Passing on even a part of the information is a chain connection; every call declares it.',
    kind: 'definition',
    bearer: 'epsp',
    refers: ['RKN-D2', 'RKN-C1a'],
    needs: ['chainDeclaration'],
    rule: ({ chainDeclaration }) =>
      chainDeclaration === undefined
        ? ('chain_partner_missing' as const)
        : { isChained: chainDeclaration !== 'none' },
  }),
  enforce('RKN-D1b', {
    key: '内容のみを含む…連鎖接続先から受領',
    ja: '利用者の指図を連鎖接続先から受けて伝えるのも連鎖接続であり、記録まで名を運ぶ。',
    en: 'Conveying an instruction received from a partner is one too; its id goes to the record.',
    kind: 'definition',
    bearer: 'epsp',
    refers: ['RKN-D2', 'RKN-C1a', 'SM-3.5'],
    needs: ['chainDeclaration'],
    rule: ({ chainDeclaration }) =>
      chainDeclaration === undefined
        ? ('chain_partner_missing' as const)
        : { recordedPartner: chainDeclaration === 'none' ? undefined : chainDeclaration },
  }),
  enforce('RKN-D2', {
    key: '電子決済等代行業再委託者',
    ja: '連鎖接続先は、利用者と代行業者の間に立つ法令上の再委託者であり、単なる外注先ではない。',
    en: 'A chain partner stands between user and intermediary by law; a subcontractor does not.',
    kind: 'definition',
    bearer: 'chain_partner',
    readings: ['INT-14'],
    needs: ['partnerLegalBasis', 'standsBeforeEpsp'],
    rule: ({ partnerLegalBasis, standsBeforeEpsp }) => ({
      isChainPartner: standsBeforeEpsp && partnerLegalBasis !== 'technical_subcontractor',
    }),
  }),
  enforce('RKN-D3', {
    key: '電子決済等代行業に該当するサービス',
    ja: '本サービスは、指図の伝達か口座情報の取得にあたる代行業者のサービスをいう。',
    en: 'The service is one that conveys instructions or fetches account information.',
    kind: 'definition',
    bearer: 'epsp',
    refers: ['RKN-D4'],
    needs: ['serviceActs'],
    rule: ({ serviceActs }) => ({
      isService: serviceActs.some((act) => act !== 'neither'),
      types: serviceActs.filter((act) => act !== 'neither'),
    }),
  }),
  enforce('RKN-D4', {
    key: '前提となる、金融機関提供のサービス',
    ja: '本労働金庫機能は、金融機関が一覧に載せて提供する機能に限られる。',
    en: 'The Rokin function is what the institution offers in its catalogue, and no more.',
    kind: 'definition',
    bearer: 'institution',
    needs: ['functionAsked', 'functionCatalogue'],
    rule: ({ functionAsked, functionCatalogue }) =>
      functionCatalogue.includes(functionAsked)
        ? ('offered' as const)
        : ('function_not_offered' as const),
  }),
  enforce('RKN-D5', {
    key: '本労働金庫機能と本サービスを連携させること',
    ja: '連携は、金融機関・代行業者・連鎖接続先・機能ごとに状態を持つ。',
    en: 'The linkage has a state for each institution, intermediary, partner and function.',
    kind: 'definition',
    bearer: 'both',
    refers: ['RKN-D3', 'RKN-D4', 'RKN-S4c', 'RKN-C2b'],
    readings: ['INT-17'],
    needs: ['linkParts'],
    rule: ({ linkParts: { institution, epsp, traffic, right } }) =>
      [institution, epsp, traffic, right].join('/'),
  }),
  enforce('RKN-D6', {
    key: '同意した者であって…利用を認めた者',
    ja: '利用者は、本サービスと機能の双方に同意し、代行業者と金融機関の双方が認めた者をいう。',
    en: 'A user consented to both service and function, and both sides admitted that person.',
    kind: 'definition',
    bearer: 'user',
    refers: ['RKN-D3', 'RKN-D4'],
    needs: ['consentedToService', 'consentedToFunction', 'admittedByEpsp', 'admittedByInstitution'],
    rule: ({ consentedToService, consentedToFunction, admittedByEpsp, admittedByInstitution }) =>
      triAnd(consentedToService, consentedToFunction, admittedByEpsp, admittedByInstitution),
  }),
  enforce('RKN-D7', {
    key: '利用者の指図に基づき…取得した…情報',
    ja: '利用者情報は、利用者の指図により機能を通じて金融機関から得た情報をいう。',
    en: "User information is what came from the bank through the function on the user's word.",
    kind: 'definition',
    bearer: 'user',
    refers: ['RKN-D4', 'RKN-D6'],
    needs: ['provenance', 'onUsersInstruction'],
    rule: ({ provenance, onUsersInstruction }) => ({
      isUserInformation: provenance === 'institution_through_function' && onUsersInstruction,
    }),
  }),
] as const);
