import type { RefusalSentences } from '../problem.js';

/** Why a call to somebody else's server was not made, or its answer not taken. */
export const outboundSentences = {
  outbound_url_refused: {
    ja: '宛先は https の URL でなければならず、利用者名・パスワードを含めることはできません。',
    en: 'The target must be an https URL without user name or password.',
  },
  outbound_name_unknown: {
    ja: '宛先の名前を解決できません。',
    en: 'The name of the target cannot be resolved.',
  },
  outbound_address_refused: {
    ja: '宛先が公開されていないネットワークのアドレスを指しているため、接続しません。',
    en: 'The target leads to an address outside the public network; it is not called.',
  },
  outbound_unreachable: {
    ja: '宛先に接続できないか、TLS の確認に失敗しました。',
    en: 'The target cannot be reached, or its TLS certificate does not hold.',
  },
  outbound_timed_out: {
    ja: '宛先が決められた時間内に応答しませんでした。',
    en: 'The target did not answer within the time allowed.',
  },
  outbound_answer_too_large: {
    ja: '宛先の応答が決められた大きさを超えています。',
    en: 'The answer of the target is larger than allowed.',
  },
} satisfies RefusalSentences<string>;

export type OutboundRefusal = keyof typeof outboundSentences;
