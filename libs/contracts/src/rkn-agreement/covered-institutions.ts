/** One institution of the agreement by its code of the interbank system. */
export interface AgreementInstitution {
  readonly code: string;
  readonly name: string;
  readonly isFederation: boolean;
}

const bank = (code: string, name: string): AgreementInstitution => ({
  code,
  name,
  isFederation: false,
});

/** The federation, which signs, and the banks, which consent, in the order of the table. RKN-0.2. */
export const AGREEMENT_INSTITUTIONS: readonly AgreementInstitution[] = [
  { code: '2950', name: '労働金庫連合会', isFederation: true },
  bank('2951', '北海道労働金庫'),
  bank('2954', '東北労働金庫'),
  bank('2963', '中央労働金庫'),
  bank('2965', '新潟県労働金庫'),
  bank('2966', '長野県労働金庫'),
  bank('2968', '静岡県労働金庫'),
  bank('2970', '北陸労働金庫'),
  bank('2972', '東海労働金庫'),
  bank('2978', '近畿労働金庫'),
  bank('2984', '中国労働金庫'),
  bank('2987', '四国労働金庫'),
  bank('2990', '九州労働金庫'),
  bank('2997', '沖縄県労働金庫'),
];
