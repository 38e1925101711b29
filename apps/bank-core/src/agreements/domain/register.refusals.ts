import type { RefusalSentences } from '#libs/kernel';

export type RegisterRefusal =
  'not_found' | 'not_a_service' | 'registration_known' | 'revoked_before_registered';

export const registerSentences: RefusalSentences<Exclude<RegisterRefusal, 'not_found'>> = {
  not_a_service: {
    clause: 'RKN-D3',
    ja: '指図の伝達にも口座情報の取得にもあたらないため、本サービスとして登録できません。',
    en: 'It neither conveys instructions nor fetches account information: it is no such service.',
  },
  registration_known: {
    ja: 'この登録番号はすでに別の電代業者のものとして登録されています。',
    en: 'The register has this registration under another name.',
  },
  revoked_before_registered: {
    ja: '登録の取消しの日が登録の日より前です。',
    en: 'The registration would be revoked before it was made.',
  },
};
